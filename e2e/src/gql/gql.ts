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
    "\n  fragment CaseCard on CareCase {\n    id\n    status\n    outcome\n    priority\n    isOngoing\n    answerDueAt\n    unit { name }\n    responder { hsaId kind }\n  }\n": typeof types.CaseCardFragmentDoc,
    "\n  query StoryContactCard($hsaId: String!) {\n    careUnit(hsaId: $hsaId) { id name isOpen closesAt contactCard { phone url } }\n  }\n": typeof types.StoryContactCardDocument,
    "\n  query StoryMe { me { kind patient { id displayName } mayActFor { id displayName } unit { id hsaId } } }\n": typeof types.StoryMeDocument,
    "\n  query StoryComplaints($patientId: ID) {\n    questionnaires(patientId: $patientId, first: 20) { edges { node { id url version title experimental } } }\n  }\n": typeof types.StoryComplaintsDocument,
    "\n  mutation StoryStartTriage($input: StartTriageInput!) {\n    startTriage(input: $input) {\n      careCase { ...CaseCard triage { nextItems { linkId type options { code } } } }\n      refusal { code rule message unlock ... on OpenCaseExists { instructions phoneNumber careCase { id } } }\n    }\n  }\n": typeof types.StoryStartTriageDocument,
    "\n  mutation StoryAnswerTriage($input: AnswerTriageInput!) {\n    answerTriage(input: $input) {\n      careCase { ...CaseCard triage { nextItems { linkId } progress { answered asked complete } } }\n      outcome\n      assessment { instructions phoneNumber }\n      errors { linkId code }\n      refusal { code }\n    }\n  }\n": typeof types.StoryAnswerTriageDocument,
    "\n  mutation StoryCompleteTriage($input: CompleteTriageInput!) {\n    completeTriage(input: $input) {\n      careCase { ...CaseCard waitingRoom { position } feeQuote { amountOre reason } }\n      outcome\n      refusal { code ... on TriageIncomplete { missing } }\n    }\n  }\n": typeof types.StoryCompleteTriageDocument,
    "\n  query StoryResume($id: ID!) {\n    careCase(id: $id) { status triage { answers { linkId display } nextItems { linkId } questionnaire { version } } }\n  }\n": typeof types.StoryResumeDocument,
    "\n  subscription StoryPosition($caseId: ID!) {\n    waitingRoomPosition(caseId: $caseId) { status position reason estimatedAnswerAt responder { name } }\n  }\n": typeof types.StoryPositionDocument,
    "\n  subscription StoryUnitQueue($unitId: ID!) {\n    unitQueue(unitId: $unitId) { waiting entries { position priority complaint careCase { id patient { displayName age } } } }\n  }\n": typeof types.StoryUnitQueueDocument,
    "\n  subscription StoryAlerts($unitId: ID!, $after: String) {\n    caseAlerts(unitId: $unitId, after: $after) {\n      cursor\n      node { caseId kind careCase { redFlag { assessment { outcome } } patient { displayName } } }\n    }\n  }\n": typeof types.StoryAlertsDocument,
    "\n  mutation StoryClaim($key: String!) {\n    claimNextCase(input: { idempotencyKey: $key }) {\n      careCase { id status patient { displayName } }\n      refusal { code }\n    }\n  }\n": typeof types.StoryClaimDocument,
    "\n  mutation StoryAnswer($input: AnswerCaseInput!) {\n    answerCase(input: $input) { careCase { id status } message { id text } refusal { code } }\n  }\n": typeof types.StoryAnswerDocument,
    "\n  mutation StorySend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message { id text sentAt }\n      refusal { code rule message ... on NoOngoingCase { redirectUrl } }\n    }\n  }\n": typeof types.StorySendDocument,
    "\n  subscription StoryChat($caseId: ID!, $after: String) {\n    chatMessages(caseId: $caseId, after: $after) {\n      cursor\n      node { text authorKind sentByMe author { __typename ... on Staff { displayName unit { name } } ... on Patient { name: displayName } } }\n    }\n  }\n": typeof types.StoryChatDocument,
    "\n  mutation StoryBook($input: BookVisitFromCaseInput!) {\n    bookVisitFromCase(input: $input) {\n      visit { id startsAt status cancelDeadline { at source } feeQuote { amountOre reason } }\n      receipt { startsAt channel unit { hsaId name contactCard { address { street city } } } }\n      refusal { code rule message }\n    }\n  }\n": typeof types.StoryBookDocument,
    "\n  query StoryUnitVisits($hsaId: String!) {\n    careUnit(hsaId: $hsaId) { visits(first: 20) { edges { cursor node { startsAt unit { hsaId } patient { displayName } careCase { status } } } } }\n  }\n": typeof types.StoryUnitVisitsDocument,
    "\n  mutation StoryClose($caseId: ID!) { closeCase(input: { caseId: $caseId }) { careCase { status } refusal { code } } }\n": typeof types.StoryCloseDocument,
    "\n  query StoryHistory($caseId: ID!) {\n    careCase(id: $caseId) {\n      status\n      messages(first: 100) { edges { node { text authorKind } } pageInfo { hasNextPage } }\n      visits(first: 5) { edges { node { startsAt unit { name } } } }\n    }\n  }\n": typeof types.StoryHistoryDocument,
};
const documents: Documents = {
    "\n  fragment CaseCard on CareCase {\n    id\n    status\n    outcome\n    priority\n    isOngoing\n    answerDueAt\n    unit { name }\n    responder { hsaId kind }\n  }\n": types.CaseCardFragmentDoc,
    "\n  query StoryContactCard($hsaId: String!) {\n    careUnit(hsaId: $hsaId) { id name isOpen closesAt contactCard { phone url } }\n  }\n": types.StoryContactCardDocument,
    "\n  query StoryMe { me { kind patient { id displayName } mayActFor { id displayName } unit { id hsaId } } }\n": types.StoryMeDocument,
    "\n  query StoryComplaints($patientId: ID) {\n    questionnaires(patientId: $patientId, first: 20) { edges { node { id url version title experimental } } }\n  }\n": types.StoryComplaintsDocument,
    "\n  mutation StoryStartTriage($input: StartTriageInput!) {\n    startTriage(input: $input) {\n      careCase { ...CaseCard triage { nextItems { linkId type options { code } } } }\n      refusal { code rule message unlock ... on OpenCaseExists { instructions phoneNumber careCase { id } } }\n    }\n  }\n": types.StoryStartTriageDocument,
    "\n  mutation StoryAnswerTriage($input: AnswerTriageInput!) {\n    answerTriage(input: $input) {\n      careCase { ...CaseCard triage { nextItems { linkId } progress { answered asked complete } } }\n      outcome\n      assessment { instructions phoneNumber }\n      errors { linkId code }\n      refusal { code }\n    }\n  }\n": types.StoryAnswerTriageDocument,
    "\n  mutation StoryCompleteTriage($input: CompleteTriageInput!) {\n    completeTriage(input: $input) {\n      careCase { ...CaseCard waitingRoom { position } feeQuote { amountOre reason } }\n      outcome\n      refusal { code ... on TriageIncomplete { missing } }\n    }\n  }\n": types.StoryCompleteTriageDocument,
    "\n  query StoryResume($id: ID!) {\n    careCase(id: $id) { status triage { answers { linkId display } nextItems { linkId } questionnaire { version } } }\n  }\n": types.StoryResumeDocument,
    "\n  subscription StoryPosition($caseId: ID!) {\n    waitingRoomPosition(caseId: $caseId) { status position reason estimatedAnswerAt responder { name } }\n  }\n": types.StoryPositionDocument,
    "\n  subscription StoryUnitQueue($unitId: ID!) {\n    unitQueue(unitId: $unitId) { waiting entries { position priority complaint careCase { id patient { displayName age } } } }\n  }\n": types.StoryUnitQueueDocument,
    "\n  subscription StoryAlerts($unitId: ID!, $after: String) {\n    caseAlerts(unitId: $unitId, after: $after) {\n      cursor\n      node { caseId kind careCase { redFlag { assessment { outcome } } patient { displayName } } }\n    }\n  }\n": types.StoryAlertsDocument,
    "\n  mutation StoryClaim($key: String!) {\n    claimNextCase(input: { idempotencyKey: $key }) {\n      careCase { id status patient { displayName } }\n      refusal { code }\n    }\n  }\n": types.StoryClaimDocument,
    "\n  mutation StoryAnswer($input: AnswerCaseInput!) {\n    answerCase(input: $input) { careCase { id status } message { id text } refusal { code } }\n  }\n": types.StoryAnswerDocument,
    "\n  mutation StorySend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message { id text sentAt }\n      refusal { code rule message ... on NoOngoingCase { redirectUrl } }\n    }\n  }\n": types.StorySendDocument,
    "\n  subscription StoryChat($caseId: ID!, $after: String) {\n    chatMessages(caseId: $caseId, after: $after) {\n      cursor\n      node { text authorKind sentByMe author { __typename ... on Staff { displayName unit { name } } ... on Patient { name: displayName } } }\n    }\n  }\n": types.StoryChatDocument,
    "\n  mutation StoryBook($input: BookVisitFromCaseInput!) {\n    bookVisitFromCase(input: $input) {\n      visit { id startsAt status cancelDeadline { at source } feeQuote { amountOre reason } }\n      receipt { startsAt channel unit { hsaId name contactCard { address { street city } } } }\n      refusal { code rule message }\n    }\n  }\n": types.StoryBookDocument,
    "\n  query StoryUnitVisits($hsaId: String!) {\n    careUnit(hsaId: $hsaId) { visits(first: 20) { edges { cursor node { startsAt unit { hsaId } patient { displayName } careCase { status } } } } }\n  }\n": types.StoryUnitVisitsDocument,
    "\n  mutation StoryClose($caseId: ID!) { closeCase(input: { caseId: $caseId }) { careCase { status } refusal { code } } }\n": types.StoryCloseDocument,
    "\n  query StoryHistory($caseId: ID!) {\n    careCase(id: $caseId) {\n      status\n      messages(first: 100) { edges { node { text authorKind } } pageInfo { hasNextPage } }\n      visits(first: 5) { edges { node { startsAt unit { name } } } }\n    }\n  }\n": types.StoryHistoryDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CaseCard on CareCase {\n    id\n    status\n    outcome\n    priority\n    isOngoing\n    answerDueAt\n    unit { name }\n    responder { hsaId kind }\n  }\n"): typeof import('./graphql.js').CaseCardFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StoryContactCard($hsaId: String!) {\n    careUnit(hsaId: $hsaId) { id name isOpen closesAt contactCard { phone url } }\n  }\n"): typeof import('./graphql.js').StoryContactCardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StoryMe { me { kind patient { id displayName } mayActFor { id displayName } unit { id hsaId } } }\n"): typeof import('./graphql.js').StoryMeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StoryComplaints($patientId: ID) {\n    questionnaires(patientId: $patientId, first: 20) { edges { node { id url version title experimental } } }\n  }\n"): typeof import('./graphql.js').StoryComplaintsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StoryStartTriage($input: StartTriageInput!) {\n    startTriage(input: $input) {\n      careCase { ...CaseCard triage { nextItems { linkId type options { code } } } }\n      refusal { code rule message unlock ... on OpenCaseExists { instructions phoneNumber careCase { id } } }\n    }\n  }\n"): typeof import('./graphql.js').StoryStartTriageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StoryAnswerTriage($input: AnswerTriageInput!) {\n    answerTriage(input: $input) {\n      careCase { ...CaseCard triage { nextItems { linkId } progress { answered asked complete } } }\n      outcome\n      assessment { instructions phoneNumber }\n      errors { linkId code }\n      refusal { code }\n    }\n  }\n"): typeof import('./graphql.js').StoryAnswerTriageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StoryCompleteTriage($input: CompleteTriageInput!) {\n    completeTriage(input: $input) {\n      careCase { ...CaseCard waitingRoom { position } feeQuote { amountOre reason } }\n      outcome\n      refusal { code ... on TriageIncomplete { missing } }\n    }\n  }\n"): typeof import('./graphql.js').StoryCompleteTriageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StoryResume($id: ID!) {\n    careCase(id: $id) { status triage { answers { linkId display } nextItems { linkId } questionnaire { version } } }\n  }\n"): typeof import('./graphql.js').StoryResumeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription StoryPosition($caseId: ID!) {\n    waitingRoomPosition(caseId: $caseId) { status position reason estimatedAnswerAt responder { name } }\n  }\n"): typeof import('./graphql.js').StoryPositionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription StoryUnitQueue($unitId: ID!) {\n    unitQueue(unitId: $unitId) { waiting entries { position priority complaint careCase { id patient { displayName age } } } }\n  }\n"): typeof import('./graphql.js').StoryUnitQueueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription StoryAlerts($unitId: ID!, $after: String) {\n    caseAlerts(unitId: $unitId, after: $after) {\n      cursor\n      node { caseId kind careCase { redFlag { assessment { outcome } } patient { displayName } } }\n    }\n  }\n"): typeof import('./graphql.js').StoryAlertsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StoryClaim($key: String!) {\n    claimNextCase(input: { idempotencyKey: $key }) {\n      careCase { id status patient { displayName } }\n      refusal { code }\n    }\n  }\n"): typeof import('./graphql.js').StoryClaimDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StoryAnswer($input: AnswerCaseInput!) {\n    answerCase(input: $input) { careCase { id status } message { id text } refusal { code } }\n  }\n"): typeof import('./graphql.js').StoryAnswerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StorySend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message { id text sentAt }\n      refusal { code rule message ... on NoOngoingCase { redirectUrl } }\n    }\n  }\n"): typeof import('./graphql.js').StorySendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription StoryChat($caseId: ID!, $after: String) {\n    chatMessages(caseId: $caseId, after: $after) {\n      cursor\n      node { text authorKind sentByMe author { __typename ... on Staff { displayName unit { name } } ... on Patient { name: displayName } } }\n    }\n  }\n"): typeof import('./graphql.js').StoryChatDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StoryBook($input: BookVisitFromCaseInput!) {\n    bookVisitFromCase(input: $input) {\n      visit { id startsAt status cancelDeadline { at source } feeQuote { amountOre reason } }\n      receipt { startsAt channel unit { hsaId name contactCard { address { street city } } } }\n      refusal { code rule message }\n    }\n  }\n"): typeof import('./graphql.js').StoryBookDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StoryUnitVisits($hsaId: String!) {\n    careUnit(hsaId: $hsaId) { visits(first: 20) { edges { cursor node { startsAt unit { hsaId } patient { displayName } careCase { status } } } } }\n  }\n"): typeof import('./graphql.js').StoryUnitVisitsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StoryClose($caseId: ID!) { closeCase(input: { caseId: $caseId }) { careCase { status } refusal { code } } }\n"): typeof import('./graphql.js').StoryCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StoryHistory($caseId: ID!) {\n    careCase(id: $caseId) {\n      status\n      messages(first: 100) { edges { node { text authorKind } } pageInfo { hasNextPage } }\n      visits(first: 5) { edges { node { startsAt unit { name } } } }\n    }\n  }\n"): typeof import('./graphql.js').StoryHistoryDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
