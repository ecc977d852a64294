/** An answer as `answerTriage` takes it. */
type Answer = { linkId: string; codes?: string[]; boolean?: boolean; number?: number }

/** A person who waits when `npm start` is done. */
export interface Waiting {
  /** Key of the test person. */
  person: string
  complaint: string
  answers: readonly Answer[]
}

const no = (...linkIds: string[]): Answer[] => linkIds.map((linkId) => ({ linkId, boolean: false }))
const noEmergency: Answer = { linkId: 'emergency-signs', codes: ['none'] }

/**
 * One acute case, which 1177's nurses answer at any hour, and three of other priorities, which go to the unit that answers at that hour:
 * 1177's queue is never empty. In the order in which they enter. [R27]
 */
export const waiting: readonly Waiting[] = [
  {
    person: 'hanna',
    complaint: 'low-back-pain',
    answers: [
      noEmergency,
      { linkId: 'days', number: 10 },
      { linkId: 'pain', number: 6 },
      { linkId: 'leg', boolean: true },
      ...no('weakness', 'fall'),
      { linkId: 'background', codes: ['none'] },
    ],
  },
  {
    person: 'frida',
    complaint: 'cough-and-fever',
    answers: [
      noEmergency,
      { linkId: 'fever', boolean: true },
      { linkId: 'temperature', number: 38.2 },
      { linkId: 'fever-days', number: 5 },
      { linkId: 'cough', boolean: true },
      { linkId: 'cough-kind', codes: ['phlegm'] },
      { linkId: 'cough-weeks', number: 1 },
      { linkId: 'breathless', codes: ['no'] },
      { linkId: 'conditions', codes: ['none'] },
      ...no('stiff-neck'),
    ],
  },
  {
    person: 'gustav',
    complaint: 'low-back-pain',
    answers: [
      noEmergency,
      { linkId: 'days', number: 3 },
      { linkId: 'pain', number: 7 },
      ...no('leg', 'fall'),
      { linkId: 'background', codes: ['fever'] },
    ],
  },
  {
    person: 'ivar',
    complaint: 'chest-pain',
    answers: [
      ...no('now', 'swollen-leg'),
      { linkId: 'character', codes: ['pressure'] },
      { linkId: 'with-it', codes: ['none'] },
      { linkId: 'minutes', number: 5 },
      { linkId: 'effort', boolean: true },
      { linkId: 'risk', codes: ['none'] },
    ],
  },
]
