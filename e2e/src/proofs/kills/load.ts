import { setTimeout as sleep } from 'node:timers/promises'
import type { Document, VardgrafClient } from '@vardgraf/client'
import { readFragment } from '../../gql/index.js'
import * as ops from '../../story.operations.js'
import { complaintOf, cough } from '../../support/cases.js'
import { type Crowd, nurses, patients } from '../crowd.js'
import type { Diary } from './diary.js'

const pauseMilliseconds = 40
const firstVisit = Date.parse('2026-12-01T08:00:00+01:00')
/** Patients who chat with an open case; the others come and go. */
const chatting = patients.slice(0, 3)
const visiting = patients.slice(3)

/**
 * People who use the graph until `over`: chats with two who write and two who listen, patients who come into the waiting room, and nurses who
 * claim, answer, book and close. Each tries under the same key until it is told, as an app does that lost its connection.
 */
export class Load {
  private over = false
  private readonly leaving = new AbortController()
  private readonly working: Promise<void>[] = []
  private readonly listening: Promise<void>[] = []
  private booked = 0

  constructor(
    private readonly crowd: Crowd,
    private readonly diary: Diary,
  ) {}

  /** Opens the chats, then lets everybody begin. */
  async begin(): Promise<void> {
    const chats = new Map<string, string>()
    for (const person of chatting) {
      await this.enter(person)
      const caseId = await this.claim(nurses[0])
      if (!caseId) throw new Error('nothing to claim')
      await this.answer(nurses[0], caseId)
      chats.set(caseId, person)
    }
    for (const [caseId, person] of chats)
      for (const each of [person, nurses[0]]) {
        this.working.push(this.done(this.write(each, caseId)))
        this.listening.push(this.listen(each, caseId))
      }
    for (const person of visiting) this.working.push(this.done(this.comeAndGo(person)))
    for (const nurse of nurses) this.working.push(this.done(this.work(nurse)))
  }

  /** Lets everybody finish what was begun. */
  async finish(): Promise<void> {
    this.over = true
    await Promise.all(this.working)
  }

  async leave(): Promise<void> {
    this.over = true
    this.leaving.abort()
    await Promise.allSettled([...this.working, ...this.listening])
  }

  /** What somebody cannot explain ends her part, and is a failure of the proof. */
  private done(work: Promise<void>): Promise<void> {
    return work.catch((error: Error) => {
      if (!this.leaving.signal.aborted) this.diary.surprises.push(error.message)
    })
  }

  private get stopped(): boolean {
    return this.over || this.leaving.signal.aborted
  }

  private async write(person: string, caseId: string): Promise<void> {
    for (let i = 0; !this.stopped; i++) {
      const text = `${person} ${i}`
      const { sendMessage } = await this.surely(person, ops.Send, { input: { caseId, text, idempotencyKey: text } })
      if (sendMessage.message) this.diary.note(caseId, text)
      else this.diary.surprises.push(`a message of an open chat was refused: ${sendMessage.refusal?.code}`)
      await sleep(pauseMilliseconds)
    }
  }

  private async listen(person: string, caseId: string): Promise<void> {
    const texts: string[] = []
    this.diary.heard.set(`${person} in ${caseId}`, { caseId, texts })
    try {
      const stream = this.crowd.as(person).subscribe(ops.Chat, { caseId }, { signal: this.leaving.signal })
      for await (const { data } of stream) texts.push(data.chatMessages.node.text)
      if (!this.leaving.signal.aborted) this.diary.ends.push('completed')
    } catch (error) {
      this.diary.ends.push(String(error))
    }
  }

  private async comeAndGo(person: string): Promise<void> {
    while (!this.stopped) {
      const caseId = await this.enter(person)
      let status = 'WAITING'
      while (status !== 'CLOSED' && !this.stopped) {
        await sleep(pauseMilliseconds * 3)
        status = (await this.surely(person, ops.History, { caseId })).careCase?.status ?? status
      }
    }
  }

  private async work(nurse: string): Promise<void> {
    while (!this.stopped) {
      await sleep(pauseMilliseconds)
      const caseId = await this.claim(nurse)
      if (!caseId) continue
      await this.answer(nurse, caseId)
      await this.book(nurse, caseId)
      await this.close(nurse, caseId)
    }
  }

  /** Gives the case's id; what has no key is asked about before it is tried again. */
  private async enter(person: string): Promise<string> {
    const idempotencyKey = crypto.randomUUID()
    const questionnaire = await complaintOf(this.retrying(person), 'cough-and-fever')
    const { startTriage } = await this.surely(person, ops.StartTriage, {
      input: { questionnaire, entryChannel: 'APP', idempotencyKey },
    })
    const caseId = readFragment(ops.CaseFragment, startTriage.careCase)?.id
    if (!caseId) throw new Error(`no case: ${startTriage.refusal?.code}`)
    const isTriaging = async (): Promise<boolean> =>
      (await this.surely(person, ops.History, { caseId })).careCase?.status === 'TRIAGING'
    while (await isTriaging()) {
      await this.once(person, ops.AnswerTriage, { input: { caseId, answers: cough() } })
      await this.once(person, ops.CompleteTriage, { input: { caseId } })
    }
    return caseId
  }

  private async claim(nurse: string): Promise<string | null> {
    const key = crypto.randomUUID()
    const { claimNextCase } = await this.surely(nurse, ops.Claim, { key })
    const caseId = claimNextCase.careCase?.id ?? null
    if (caseId) this.diary.claims.push({ caseId, key })
    return caseId
  }

  private async answer(nurse: string, caseId: string): Promise<void> {
    const text = `answer of ${caseId}`
    const { answerCase } = await this.surely(nurse, ops.Answer, { input: { caseId, text, idempotencyKey: 'answer' } })
    if (!answerCase.message) return void this.diary.surprises.push(`an answer was refused: ${answerCase.refusal?.code}`)
    this.diary.answered.push(caseId)
    this.diary.note(caseId, text)
  }

  private async book(nurse: string, caseId: string): Promise<void> {
    const startsAt = new Date(firstVisit + this.booked++ * 3_600_000).toISOString()
    const wish = { durationMinutes: 15, channel: 'PHYSICAL', profession: 'NURSE', visitType: 'FOLLOW_UP' } as const
    const { bookVisitFromCase } = await this.surely(nurse, ops.Book, {
      input: { caseId, startsAt, ...wish, idempotencyKey: crypto.randomUUID() },
    })
    if (bookVisitFromCase.visit) this.diary.visits.push(bookVisitFromCase.visit.id)
    else this.diary.surprises.push(`a booking was refused: ${bookVisitFromCase.refusal?.code}`)
  }

  private async close(nurse: string, caseId: string): Promise<void> {
    for (;;) {
      const closed = await this.once(nurse, ops.Close, { caseId })
      const status = closed?.closeCase.careCase?.status ?? (await this.surely(nurse, ops.History, { caseId })).careCase?.status
      if (status === 'CLOSED') return void this.diary.closed.push(caseId)
      if (this.leaving.signal.aborted) return
    }
  }

  /** Tries until there is data. */
  private async surely<R, V>(person: string, document: Document<R, V>, variables: V): Promise<R> {
    for (;;) {
      const data = await this.once(person, document, variables)
      if (data) return data
      this.leaving.signal.throwIfAborted()
    }
  }

  /** Tries once; null when something went wrong that may go away, which is counted.
   *  @throws Error when trying again cannot help */
  private async once<R, V>(person: string, document: Document<R, V>, variables: V): Promise<R | null> {
    const { data, errors } = await this.crowd
      .as(person)
      .execute(document, variables, this.leaving.signal)
      .catch((error: unknown) => ({ data: null, errors: [{ extensions: { code: codeOf(error), retryable: true } }] }))
    if (data && errors.length === 0) return data
    const { code = 'nothing', retryable } = errors[0]?.extensions ?? {}
    this.diary.codes.add(code)
    if (retryable !== true) throw new Error(`${person} was told ${code}, and trying again does not help`)
    await sleep(pauseMilliseconds)
    return null
  }

  /** A client whose requests are tried until they succeed. */
  private retrying(person: string): VardgrafClient {
    const request = (document: Document<unknown, unknown>, variables: unknown) => this.surely(person, document, variables)
    return { ...this.crowd.as(person), request } as VardgrafClient
  }
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'NETWORK'
