/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment VisitCard on Visit {\n  id\n  startsAt\n  endsAt\n  channel\n  status\n  profession\n  visitType {\n    code\n    name\n  }\n  unit {\n    id\n    name\n  }\n  cancelDeadline {\n    at\n    source\n  }\n  joinWindow {\n    opensAt\n    closesAt\n  }\n  feeQuote {\n    amountOre\n    explanation\n  }\n}\n\nquery VisitsOfPatient($patientId: ID!, $first: Int!, $after: String, $from: DateTime) {\n  patient(id: $patientId) {\n    id\n    visits(first: $first, after: $after, from: $from) {\n      edges {\n        cursor\n        node {\n          ...VisitCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nmutation BookVisitFromCase($input: BookVisitFromCaseInput!) {\n  bookVisitFromCase(input: $input) {\n    visit {\n      ...VisitCard\n    }\n    refusal {\n      ...RefusalText\n    }\n  }\n}\n\nfragment RefusalText on Refusal {\n  __typename\n  code\n  rule\n  message\n  unlock\n}": typeof types.VisitCardFragmentDoc,
};
const documents: Documents = {
    "fragment VisitCard on Visit {\n  id\n  startsAt\n  endsAt\n  channel\n  status\n  profession\n  visitType {\n    code\n    name\n  }\n  unit {\n    id\n    name\n  }\n  cancelDeadline {\n    at\n    source\n  }\n  joinWindow {\n    opensAt\n    closesAt\n  }\n  feeQuote {\n    amountOre\n    explanation\n  }\n}\n\nquery VisitsOfPatient($patientId: ID!, $first: Int!, $after: String, $from: DateTime) {\n  patient(id: $patientId) {\n    id\n    visits(first: $first, after: $after, from: $from) {\n      edges {\n        cursor\n        node {\n          ...VisitCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nmutation BookVisitFromCase($input: BookVisitFromCaseInput!) {\n  bookVisitFromCase(input: $input) {\n    visit {\n      ...VisitCard\n    }\n    refusal {\n      ...RefusalText\n    }\n  }\n}\n\nfragment RefusalText on Refusal {\n  __typename\n  code\n  rule\n  message\n  unlock\n}": types.VisitCardFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment VisitCard on Visit {\n  id\n  startsAt\n  endsAt\n  channel\n  status\n  profession\n  visitType {\n    code\n    name\n  }\n  unit {\n    id\n    name\n  }\n  cancelDeadline {\n    at\n    source\n  }\n  joinWindow {\n    opensAt\n    closesAt\n  }\n  feeQuote {\n    amountOre\n    explanation\n  }\n}\n\nquery VisitsOfPatient($patientId: ID!, $first: Int!, $after: String, $from: DateTime) {\n  patient(id: $patientId) {\n    id\n    visits(first: $first, after: $after, from: $from) {\n      edges {\n        cursor\n        node {\n          ...VisitCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nmutation BookVisitFromCase($input: BookVisitFromCaseInput!) {\n  bookVisitFromCase(input: $input) {\n    visit {\n      ...VisitCard\n    }\n    refusal {\n      ...RefusalText\n    }\n  }\n}\n\nfragment RefusalText on Refusal {\n  __typename\n  code\n  rule\n  message\n  unlock\n}"): typeof import('./graphql.js').VisitCardFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
