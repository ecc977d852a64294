import { graphql } from './gql/index.js'

/** What a patient's app shows of a case. */
export const CaseFragment = graphql(`
  fragment CaseCard on CareCase {
    id
    status
    outcome
    priority
    isOngoing
    answerDueAt
    unit { name }
    responder { hsaId kind }
  }
`)

export const ContactCard = graphql(`
  query StoryContactCard($hsaId: String!) {
    careUnit(hsaId: $hsaId) { id name isOpen closesAt contactCard { phone url } }
  }
`)

export const Me = graphql(`
  query StoryMe { me { kind patient { id displayName } mayActFor { id displayName } unit { id hsaId } } }
`)

export const Complaints = graphql(`
  query StoryComplaints($patientId: ID) {
    questionnaires(patientId: $patientId, first: 20) { edges { node { id url version title experimental } } }
  }
`)

export const StartTriage = graphql(`
  mutation StoryStartTriage($input: StartTriageInput!) {
    startTriage(input: $input) {
      careCase { ...CaseCard triage { nextItems { linkId type options { code } } } }
      refusal { code rule message unlock ... on OpenCaseExists { instructions phoneNumber careCase { id } } }
    }
  }
`)

export const AnswerTriage = graphql(`
  mutation StoryAnswerTriage($input: AnswerTriageInput!) {
    answerTriage(input: $input) {
      careCase { ...CaseCard triage { nextItems { linkId } progress { answered asked complete } } }
      outcome
      assessment { instructions phoneNumber }
      errors { linkId code }
      refusal { code }
    }
  }
`)

export const CompleteTriage = graphql(`
  mutation StoryCompleteTriage($input: CompleteTriageInput!) {
    completeTriage(input: $input) {
      careCase { ...CaseCard waitingRoom { position } feeQuote { amountOre reason } }
      outcome
      refusal { code ... on TriageIncomplete { missing } }
    }
  }
`)

export const ResumeTriage = graphql(`
  query StoryResume($id: ID!) {
    careCase(id: $id) { status triage { answers { linkId display } nextItems { linkId } questionnaire { version } } }
  }
`)

export const Position = graphql(`
  subscription StoryPosition($caseId: ID!) {
    waitingRoomPosition(caseId: $caseId) { status position reason estimatedAnswerAt responder { name } }
  }
`)

export const UnitQueue = graphql(`
  subscription StoryUnitQueue($unitId: ID!) {
    unitQueue(unitId: $unitId) { waiting entries { position priority complaint careCase { id patient { displayName age } } } }
  }
`)

export const Alerts = graphql(`
  subscription StoryAlerts($unitId: ID!, $after: String) {
    caseAlerts(unitId: $unitId, after: $after) {
      cursor
      node { caseId kind careCase { redFlag { assessment { outcome } } patient { displayName } } }
    }
  }
`)

export const Claim = graphql(`
  mutation StoryClaim($key: String!) {
    claimNextCase(input: { idempotencyKey: $key }) {
      careCase { id status patient { displayName } }
      refusal { code }
    }
  }
`)

export const Answer = graphql(`
  mutation StoryAnswer($input: AnswerCaseInput!) {
    answerCase(input: $input) { careCase { id status } message { id text } refusal { code } }
  }
`)

export const Send = graphql(`
  mutation StorySend($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message { id text sentAt }
      refusal { code rule message ... on NoOngoingCase { redirectUrl } }
    }
  }
`)

export const Chat = graphql(`
  subscription StoryChat($caseId: ID!, $after: String) {
    chatMessages(caseId: $caseId, after: $after) {
      cursor
      node { text authorKind sentByMe author { __typename ... on Staff { displayName unit { name } } ... on Patient { name: displayName } } }
    }
  }
`)

export const Book = graphql(`
  mutation StoryBook($input: BookVisitFromCaseInput!) {
    bookVisitFromCase(input: $input) {
      visit { id startsAt status cancelDeadline { at source } feeQuote { amountOre reason } }
      receipt { startsAt channel unit { hsaId name contactCard { address { street city } } } }
      refusal { code rule message }
    }
  }
`)

export const UnitVisits = graphql(`
  query StoryUnitVisits($hsaId: String!) {
    careUnit(hsaId: $hsaId) { visits(first: 20) { edges { cursor node { startsAt unit { hsaId } patient { displayName } careCase { status } } } } }
  }
`)

export const Close = graphql(`
  mutation StoryClose($caseId: ID!) { closeCase(input: { caseId: $caseId }) { careCase { status } refusal { code } } }
`)

export const History = graphql(`
  query StoryHistory($caseId: ID!) {
    careCase(id: $caseId) {
      status
      messages(first: 100) { edges { node { text authorKind } } pageInfo { hasNextPage } }
      visits(first: 5) { edges { node { startsAt unit { name } } } }
    }
  }
`)
