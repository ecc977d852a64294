import { moveCase } from '../cases/store.js'
import { topics } from '../cases/topics.js'
import type { Author, Change } from '../change.js'
import type { CareCase, ChatMessage } from '../generated/prisma/client.js'
import { announce } from '../notifications/store.js'
import { statusAfterMessage } from './rules.js'

/** A message to save. `idempotencyKey` is the client's: a retry finds the first message. */
export interface NewMessage {
  text: string
  idempotencyKey: string
}

/** The message that this author has already sent in this case with this key, or null. Under the case's lock it cannot be on its way. */
export async function sentWith(
  { tx }: Change,
  caseId: string,
  author: Author,
  idempotencyKey: string,
): Promise<ChatMessage | null> {
  const key = { caseId, authorId: author.id, idempotencyKey }
  return tx.chatMessage.findUnique({ where: { caseId_authorId_idempotencyKey: key } })
}

/** Saves a message as the case's next, sent no earlier than the one before, and sets whose turn it is. `careCase` is locked, with an open chat. [R13] */
export async function sendMessage(
  change: Change,
  careCase: CareCase,
  author: Author,
  message: NewMessage,
): Promise<{ row: CareCase; message: ChatMessage }> {
  const kind = author.kind === 'STAFF' ? 'STAFF_WROTE' : 'PATIENT_WROTE'
  const saved = await save(change, careCase, author, message)
  const row = await moveCase(
    change,
    careCase,
    { kind, actor: author },
    { status: statusAfterMessage(author.kind), lastSeq: saved.seq },
  )
  return { row, message: saved }
}

/** The care's answer: opens the chat, and tells the patient by SMS once. `careCase` is locked and ASSIGNED. [R33, R34] */
export async function answerCase(
  change: Change,
  careCase: CareCase,
  author: Author,
  message: NewMessage,
): Promise<{ row: CareCase; message: ChatMessage }> {
  const saved = await save(change, careCase, author, message)
  const answered = { status: 'ANSWERED', answeredAt: change.now, lastSeq: saved.seq, reviewAt: null } as const
  const row = await moveCase(change, careCase, { kind: 'ANSWERED', actor: author }, answered)
  await announce(change, {
    kind: 'CASE_ANSWERED',
    patientId: row.patientId,
    region: row.region,
    caseId: row.id,
    occasion: `${row.id}:${saved.seq}`,
  })
  return { row, message: saved }
}

async function save(
  { tx, now, hint }: Change,
  careCase: CareCase,
  author: Author,
  { text, idempotencyKey }: NewMessage,
): Promise<ChatMessage> {
  const sent = {
    caseId: careCase.id,
    seq: careCase.lastSeq + 1,
    authorKind: author.kind,
    authorId: author.id,
    text,
    sentAt: now,
    idempotencyKey,
  }
  const saved = await tx.chatMessage.create({ data: sent })
  hint(topics.chat(careCase.id))
  return saved
}
