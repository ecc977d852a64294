import { globalId, localId } from '@vardgraf/relay'
import type { Viewer } from '@vardgraf/viewer'
import type { Service } from './service.js'
import { centre } from './story.js'

/** Global id of a questionnaire that ships. */
export const questionnaire = (slug: string, version = '1.0.0'): string =>
  globalId('Questionnaire', `https://vardgraf.example/fhir/Questionnaire/${slug}|${version}`)

const caseFields = `id status outcome priority redFlag { raisedAt assessment { outcome reason } } entryChannel complaint enteredAt answerDueAt unit { id } responder { id } waitingRoom { position }
  triage { questionnaire { id version title } answers { linkId question display boolean number text codes counts }
    nextItems { linkId type text options { code text } } progress { answered asked complete } assessment { outcome } }`
const assessment = 'outcome assessment { outcome reason instructions advice phoneNumber }'

const triageDocuments = {
  start: `mutation ($input: StartTriageInput!) { startTriage(input: $input) { careCase { ${caseFields} } refusal { __typename code rule message unlock ... on OpenCaseExists { careCase { id status } instructions phoneNumber } } } }`,
  answer: `mutation ($input: AnswerTriageInput!) { answerTriage(input: $input) {
    careCase { ${caseFields} } ${assessment} errors { linkId code message limit } refusal { code } } }`,
  complete: `mutation ($input: CompleteTriageInput!) { completeTriage(input: $input) {
    careCase { ${caseFields} } ${assessment} refusal { code ... on TriageIncomplete { missing } } } }`,
  read: `query ($id: ID!) { careCase(id: $id) { ${caseFields} } }`,
  abandon: 'mutation ($input: AbandonCaseInput!) { abandonCase(input: $input) { careCase { id } } }',
} as const

export interface GivenAnswer {
  linkId: string
  boolean?: boolean
  number?: number
  text?: string
  codes?: string[]
}

/** Answers to the questions on cough and fever that lead to self-care. */
export const cold: readonly GivenAnswer[] = [
  { linkId: 'emergency-signs', codes: ['none'] },
  { linkId: 'fever', boolean: false },
  { linkId: 'cough', boolean: true },
  { linkId: 'cough-kind', codes: ['dry'] },
  { linkId: 'cough-weeks', number: 1 },
  { linkId: 'breathless', codes: ['no'] },
  { linkId: 'conditions', codes: ['none'] },
]
/** The same cold with other answers to some of the questions. */
export const coldBut = (...changes: GivenAnswer[]): GivenAnswer[] => [
  ...cold.filter(({ linkId }) => !changes.some((change) => change.linkId === linkId)),
  ...changes,
]
/** Answers to the questions on a rash that lead to self-care. */
export const dryRash: readonly GivenAnswer[] = [
  { linkId: 'emergency-signs', codes: ['none'] },
  { linkId: 'days', number: 3 },
  { linkId: 'where', codes: ['body'] },
  { linkId: 'kind', codes: ['dry-itchy'] },
  { linkId: 'fever', boolean: false },
  { linkId: 'new-medicine', boolean: false },
  { linkId: 'itch', number: 2 },
]
/** An answer about a rash that raises a red flag. */
export const breathing: GivenAnswer = { linkId: 'emergency-signs', codes: ['breathing'] }

/** Answers to the questions on chest pain that lead to the health centre, with P3. */
export const chestPain: readonly GivenAnswer[] = [
  { linkId: 'now', boolean: false },
  { linkId: 'character', codes: ['sharp'] },
  { linkId: 'with-it', codes: ['none'] },
  { linkId: 'minutes', number: 2 },
  { linkId: 'effort', boolean: false },
  { linkId: 'risk', codes: ['none'] },
  { linkId: 'swollen-leg', boolean: false },
]
/** What can be a blood clot in the lung: no red flag, but 112 when it is assessed. */
export const bloodClot: readonly GivenAnswer[] = [
  { linkId: 'with-it', codes: ['breathless'] },
  { linkId: 'swollen-leg', boolean: true },
]

/** An answer about a cough that raises a red flag. */
export const emergency: GivenAnswer = { linkId: 'emergency-signs', codes: ['blue-lips'] }

/** What a start says where nothing else is said. */
const startInput = (changes: object = {}) => ({
  questionnaire: questionnaire('cough-and-fever', '1.1.0'),
  entryChannel: 'START_PAGE',
  idempotencyKey: crypto.randomUUID(),
  ...changes,
})

/** Triage in a test's words. */
export function triaging(service: Service) {
  const run = async (viewer: Viewer, query: string, input: object) => {
    const { data, errors } = await service.ask(viewer, query, { input }, 'en')
    return { ...(data && Object.values(data)[0]), code: errors?.[0]?.extensions.code }
  }
  const rows = async <R>(sql: string, ...parameters: unknown[]): Promise<R[]> =>
    (await service.owner.query(sql, parameters)).rows as R[]
  return {
    rows,
    /** Somebody of that birth date, listed at the health centre. */
    person: (birthDate: string, listedUnitId: string | null = centre, id: string = crypto.randomUUID()): string => {
      service.neighbours.people.set(id, { birthDate, phone: '070-1740605', protectedIdentity: false, listedUnitId })
      return id
    },
    start: (viewer: Viewer, changes: object = {}) => run(viewer, triageDocuments.start, startInput(changes)),
    /** Starts, and gives the id of the case. */
    started: async (viewer: Viewer, changes: object = {}): Promise<string> =>
      (await run(viewer, triageDocuments.start, startInput(changes))).careCase.id,
    answer: (viewer: Viewer, caseId: string, answers: readonly GivenAnswer[]) =>
      run(viewer, triageDocuments.answer, { caseId, answers }),
    complete: (viewer: Viewer, caseId: string) => run(viewer, triageDocuments.complete, { caseId }),
    abandon: (viewer: Viewer, caseId: string) => run(viewer, triageDocuments.abandon, { caseId }),
    read: async (viewer: Viewer, id: string, language: 'sv' | 'en' = 'en') =>
      (await service.ask(viewer, triageDocuments.read, { id }, language)).data.careCase,
    rowOf: async (id: string) => {
      const [row] = await rows<Record<string, unknown>>(
        'SELECT * FROM messaging.care_case WHERE id = $1',
        localId(id, 'CareCase'),
      )
      return row
    },
  }
}
