import { Tally } from '../figures.js'

/** What people were promised: everything in it was acknowledged to somebody. The database and the listeners are held against it. */
export class Diary {
  /** Texts by case, in the order in which they were acknowledged. */
  readonly sent = new Map<string, string[]>()
  /** Texts by listener. */
  readonly heard = new Map<string, { caseId: string; texts: string[] }>()
  readonly claims: { caseId: string; key: string }[] = []
  readonly answered: string[] = []
  readonly visits: string[] = []
  readonly closed: string[] = []
  /** What was told instead of a result. */
  readonly codes = new Tally()
  /** How listeners were ended; none should be. */
  readonly ends: string[] = []
  /** What the people did who met an error that they cannot explain. */
  readonly surprises: string[] = []

  note(caseId: string, text: string): void {
    const texts = this.sent.get(caseId) ?? []
    this.sent.set(caseId, texts)
    texts.push(text)
  }

  /** All that was promised so far: it grows as long as the graph works. */
  get size(): number {
    const messages = [...this.sent.values()].reduce((sum, texts) => sum + texts.length, 0)
    return messages + this.claims.length + this.answered.length + this.visits.length + this.closed.length
  }
}
