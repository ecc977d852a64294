import type { ErrorCode } from '@vardgraf/errors'
import { isStorable } from '@vardgraf/process/storable'
import { isChatOpen, isOngoing } from '../cases/rules.js'
import type { CaseStatus } from '../generated/prisma/enums.js'

/** Longest message, in UTF-16 units as JavaScript, Java and Swift's `utf16` count: an emoji takes two or more. */
export const MAX_MESSAGE_CHARACTERS = 8_000

/** Something that is seen: neither space, control character nor one that shows nothing by itself, such as a zero-width joiner. */
const visible = /[^\s\p{Control}\p{Default_Ignorable_Code_Point}]/u

/** A text that can be sent: something visible, not too long. It is saved unchanged. */
export const isSendable = (text: string): boolean =>
  visible.test(text) && text.length <= MAX_MESSAGE_CHARACTERS && isStorable(text)

/** Why no message can be sent in the case, or null: only while it is ongoing, and once the care has answered. [R13, R34] */
export function whyNotSend({ status }: { status: CaseStatus }): ErrorCode | null {
  if (!isOngoing(status)) return 'NO_ONGOING_CASE'
  return isChatOpen(status) ? null : 'CHAT_NOT_OPEN'
}

/** Why this employee cannot give the answer, or null: whoever has claimed the case answers it. [R33] */
export function whyNotAnswer(row: { status: CaseStatus; assignedToId: string | null }, staffId: string): ErrorCode | null {
  if (!isOngoing(row.status)) return 'NO_ONGOING_CASE'
  return row.status === 'ASSIGNED' && row.assignedToId === staffId ? null : 'CASE_NOT_ASSIGNED'
}

/** Whose turn it is after a message: staff wait for the patient, the patient's word stands until staff write again. */
export const statusAfterMessage = (author: 'STAFF' | 'PATIENT' | 'GUARDIAN'): CaseStatus =>
  author === 'STAFF' ? 'AWAITING_PATIENT' : 'ANSWERED'
