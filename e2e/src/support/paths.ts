import type { SubgraphName } from '@vardgraf/manifest'
import type { ChartType } from './charts.js'

/** One path to a record by its id, tried with the id of an existing record and of a missing one. */
export interface Path {
  /** The type of the id. */
  to: ChartType
  /** Takes `$id`; `$representations` where it is a reference. */
  query: string
  key?: 'id' | 'nodeId'
}

/** Fields of a type that one subgraph holds. */
const holdings: Record<SubgraphName, { to: ChartType; keys: ('id' | 'nodeId')[]; fields: string }[]> = {
  patients: [
    {
      to: 'Patient',
      keys: ['id'],
      fields:
        'id givenName familyName displayName personalIdentityNumber identifier { value } birthDate age region protectedIdentity phone address { street city } listedAt { name } guardians { displayName }',
    },
  ],
  visits: [
    { to: 'Visit', keys: ['id', 'nodeId'], fields: 'id startsAt status channel patient { id } unit { id } careCase { id }' },
    {
      to: 'Patient',
      keys: ['id'],
      fields: 'id visits(first: 10) { edges { cursor node { id startsAt } } pageInfo { hasNextPage } }',
    },
    {
      to: 'CareCase',
      keys: ['id'],
      fields: 'id visits(first: 10) { edges { cursor node { id startsAt } } pageInfo { hasNextPage } }',
    },
  ],
  messaging: [
    {
      to: 'CareCase',
      keys: ['id', 'nodeId'],
      fields:
        'id status complaint openedAt patient { id } assignedTo { id } triage { answers { linkId display } } waitingRoom { position } redFlag { raisedAt } messages(first: 10) { edges { node { id text } } }',
    },
    { to: 'ChatMessage', keys: ['id', 'nodeId'], fields: 'id text sentAt author { __typename } careCase { id status }' },
    {
      to: 'Patient',
      keys: ['id'],
      fields:
        'id careCases(first: 10) { edges { cursor node { id status messages(first: 5) { edges { node { text } } } } } pageInfo { hasNextPage } }',
    },
  ],
  billing: [
    { to: 'Visit', keys: ['id'], fields: 'id feeQuote { amountOre reason }' },
    { to: 'CareCase', keys: ['id'], fields: 'id feeQuote { amountOre reason }' },
  ],
}

const roots: Record<SubgraphName, Path[]> = {
  patients: [
    ...(['Patient', 'CareCase', 'ChatMessage', 'Visit'] as const).map((to) => ({
      to,
      query: 'query ($id: ID!) { node(id: $id) { __typename id } }',
    })),
    { to: 'Patient', query: 'query ($id: ID!) { patient(id: $id) { id givenName } }' },
    { to: 'Patient', query: 'query ($id: ID!) { serviceEligibility(patientId: $id) { service eligible from } }' },
  ],
  visits: [{ to: 'Visit', query: 'query ($id: ID!) { visit(id: $id) { id startsAt cancelDeadline { at } } }' }],
  messaging: [
    {
      to: 'CareCase',
      query: 'query ($id: ID!) { careCase(id: $id) { id status messages(first: 1) { edges { node { text } } } } }',
    },
    { to: 'Patient', query: 'query ($id: ID) { questionnaires(patientId: $id, first: 50) { edges { node { title } } } }' },
  ],
  billing: [{ to: 'Visit', query: 'query ($id: ID!) { feeQuote(visitId: $id) { amountOre } }' }],
}

/** The paths of one subgraph: `_entities` of every type by each key, and its own queries. */
export function directPaths(name: SubgraphName): Path[] {
  const references = holdings[name].flatMap(({ to, keys, fields }) =>
    keys.map(
      (key): Path => ({
        to,
        key,
        query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${to} { ${fields} } } }`,
      }),
    ),
  )
  // Stubs in patients return a type and its id, whether the record exists or not: the owners answer at the gateway.
  return [...references, ...roots[name].filter(({ to, query }) => !(query.includes('node(') && to !== 'Patient'))]
}

/** The paths of the whole graph. */
export const gatewayPaths: Path[] = [
  ...Object.values(holdings)
    .flat()
    .map(({ to, fields }) => ({ to, query: `query ($id: ID!) { node(id: $id) { __typename id ... on ${to} { ${fields} } } }` })),
  ...Object.values(roots).flat(),
  {
    to: 'Patient',
    query:
      'query ($id: ID!) { patient(id: $id) { careCases(first: 5) { edges { node { id visits(first: 5) { edges { node { id } } } } } } visits(first: 5) { edges { node { id feeQuote { amountOre } } } } } }',
  },
  {
    to: 'Visit',
    query:
      'query ($id: ID!) { visit(id: $id) { patient { displayName } careCase { messages(first: 5) { edges { node { text } } } } } }',
  },
]

export const variablesOf = ({ to, key }: Path, id: string): Record<string, unknown> =>
  key ? { representations: [{ __typename: to, [key]: id }] } : { id }

const refusal = 'refusal { code rule message unlock }'

/** Every change of a case, and every one that names a patient; `$id` is its id. */
export const mutations: Path[] = [
  ...[
    `abandonCase(input: { caseId: $id }) { careCase { id } ${refusal} }`,
    `closeCase(input: { caseId: $id }) { careCase { id } ${refusal} }`,
    `sendMessage(input: { caseId: $id, text: "mine", idempotencyKey: "thanks" }) { message { text } ${refusal} }`,
    `answerCase(input: { caseId: $id, text: "mine", idempotencyKey: "thanks" }) { message { text } ${refusal} }`,
    `answerTriage(input: { caseId: $id, answers: [] }) { careCase { id } errors { code } ${refusal} }`,
    `completeTriage(input: { caseId: $id }) { careCase { id } ${refusal} }`,
    `releaseCase(input: { caseId: $id }) { careCase { id } ${refusal} }`,
    `reprioritiseCase(input: { caseId: $id, priority: P1 }) { careCase { id } ${refusal} }`,
    `bookVisitFromCase(input: { caseId: $id, startsAt: "2026-12-01T09:00:00+01:00", durationMinutes: 15, channel: PHONE, profession: NURSE, visitType: FOLLOW_UP, idempotencyKey: "mine" }) { visit { id } ${refusal} }`,
  ].map((change): Path => ({ to: 'CareCase', query: `mutation ($id: ID!) { ${change} }` })),
  {
    to: 'Patient',
    query: `mutation ($id: ID!) { startTriage(input: { patientId: $id, questionnaire: "bm9uZQ", entryChannel: APP, idempotencyKey: "mine" }) { careCase { id } ${refusal} } }`,
  },
]

export const subscriptions: Path[] = [
  { to: 'CareCase', query: 'subscription ($id: ID!) { waitingRoomPosition(caseId: $id) { status position } }' },
  {
    to: 'CareCase',
    query: 'subscription ($id: ID!) { chatMessages(caseId: $id) { cursor node { text author { __typename } } } }',
  },
]
