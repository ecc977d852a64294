/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The answer of the one who claimed the case. */
export type AnswerCaseInput = {
  /** The case. */
  caseId: string;
  /** Made by the client, at most 64 characters: a retry with the same key and text gives no second answer. */
  idempotencyKey: string;
  /** The answer: something visible, at most 8,000 characters (UTF-16 units). */
  text: string;
};

/** What is wrong with an answer. */
export type AnswerErrorCode =
  /** The code is not among the options. */
  | 'NOT_AN_OPTION'
  /** The question is not asked with the answers given. */
  | 'NOT_ASKED'
  /** The options cannot be chosen together. */
  | 'NOT_COMBINABLE'
  /** The question takes one answer. */
  | 'ONLY_ONE_ANSWER'
  /** Above the greatest value. */
  | 'TOO_HIGH'
  /** More characters than the text may have. */
  | 'TOO_LONG'
  /** Below the least value. */
  | 'TOO_LOW'
  /** There is no such question in the questionnaire. */
  | 'UNKNOWN_QUESTION'
  /** The value is not of the question’s type. */
  | 'WRONG_TYPE';

/** Answers to some of the questions of a case. */
export type AnswerTriageInput = {
  /** The answers, at most 100, each question once. */
  answers: Array<TriageAnswerInput>;
  /** The case. */
  caseId: string;
};

/** In what capacity somebody wrote. */
export type AuthorKind =
  /** A guardian of the patient, who was under 13. */
  | 'GUARDIAN'
  /** The patient herself. */
  | 'PATIENT'
  /** Staff of the unit that handles the case. */
  | 'STAFF';

/** A visit to book from an ongoing case. [R36] */
export type BookVisitFromCaseInput = {
  /** The case; the unit of who books handles it. */
  caseId: string;
  /** How it is held. */
  channel: VisitChannel;
  /** How long: 5 to 240 minutes. */
  durationMinutes: number;
  /** Made by the client, at most 64 characters: a retry with the same key gives the first result. */
  idempotencyKey: string;
  /** Profession of who receives the patient. */
  profession: Profession;
  /** When it begins: in the future. */
  startsAt: string;
  /** Kind of visit. */
  visitType: VisitTypeCode;
};

/** Who set the deadline. */
export type CancelDeadlineSource =
  /** The summons (kallelse) to this visit. */
  | 'KALLELSE'
  /** The region’s policy. */
  | 'REGION';

/** What a care unit does. */
export type CareUnitKind =
  /** Child health care (barnhälsovård). */
  | 'CHILD_HEALTH'
  /** Health centre (vårdcentral). */
  | 'HEALTH_CENTRE'
  /** The nurses of 1177 (sjukvårdsrådgivningen). */
  | 'NURSE_LINE_1177'
  /** Youth clinic (ungdomsmottagning). */
  | 'YOUTH_CLINIC';

/** What a unit’s staff hear of at once. */
export type CaseAlertKind =
  /** The patient has been told to call 112, or a case came whose patient has been. */
  | 'RED_FLAG'
  /** The answers tell of a greater need than before. */
  | 'WORSENED';

/** Where a case is on its way. */
export type CaseStatus =
  /** The patient left before an answer. */
  | 'ABANDONED'
  /** The care has answered in the chat; the last message is the answer, or the patient’s. */
  | 'ANSWERED'
  /** A member of staff has begun with it. */
  | 'ASSIGNED'
  /** The care has written in the chat and waits for the patient. */
  | 'AWAITING_PATIENT'
  /** Closed by the care. */
  | 'CLOSED'
  /** Ended: 112 must be called at once. */
  | 'CLOSED_112'
  /** Ended at triage: another service was pointed out. */
  | 'CLOSED_REFERRED'
  /** Ended at triage, with advice on self-care. */
  | 'CLOSED_SELF_CARE'
  /** The first questions are being answered. */
  | 'TRIAGING'
  /** In the waiting room. */
  | 'WAITING';

/** Which case is to be assessed. */
export type CompleteTriageInput = {
  /** The case. */
  caseId: string;
};

/** The way in that the patient took. */
export type EntryChannel =
  /** The app. */
  | 'APP'
  /** A care unit’s contact card. */
  | 'CONTACT_CARD'
  /** A key press in the phone queue. */
  | 'PHONE_KEYPAD'
  /** The start page of 1177.se. */
  | 'START_PAGE';

/** Why it costs what it costs. */
export type FeeReason =
  /** The patient’s age on the day of the visit makes it free of charge. */
  | 'FREE_BY_AGE'
  /** The chat is free of charge, also when it became a call. [R37] */
  | 'FREE_CHAT'
  /** This kind of visit is free of charge for everybody. */
  | 'FREE_VISIT'
  /** The ordinary patient fee (patientavgift) of the fee table. */
  | 'ORDINARY';

/** Why the patient hears of her position in the waiting room now. */
export type PositionReason =
  /** The care has answered. */
  | 'ANSWERED'
  /** The case is back in the waiting room, at its old place. */
  | 'BACK_IN_QUEUE'
  /** A member of staff has begun with the case. */
  | 'CALLED'
  /** The case has ended. */
  | 'ENDED'
  /** The case entered the waiting room. */
  | 'ENTERED'
  /** Only the estimate has changed. */
  | 'ESTIMATE_CHANGED'
  /** Somebody with a greater need is helped first: the position is worse. */
  | 'HIGHER_NEED_AHEAD'
  /** The patient has left the waiting room. */
  | 'LEFT'
  /** The queue has moved: the position is better. */
  | 'MOVED_UP'
  /** The answers tell of an emergency: 112 must be called now. There is no place to wait for. */
  | 'RED_FLAG'
  /** The care has assessed the case again. */
  | 'REPRIORITISED'
  /** Another unit answers the case now. */
  | 'ROUTED_ELSEWHERE';

/** How great the need is; the waiting room is ordered by it. */
export type Priority =
  /** Acute: answered at once, before all others. */
  | 'P1'
  /** Within hours. */
  | 'P2'
  /** The same day. */
  | 'P3'
  /** Within a day. */
  | 'P4'
  /** Can wait for up to a day. */
  | 'P5';

/** Profession of who receives the patient; the fee depends on it. */
export type Profession =
  /** Doctor (läkare). */
  | 'DOCTOR'
  /** Nurse (sjuksköterska). */
  | 'NURSE'
  /** Another profession. */
  | 'OTHER'
  /** Physiotherapist (fysioterapeut). */
  | 'PHYSIOTHERAPIST'
  /** Psychologist (psykolog). */
  | 'PSYCHOLOGIST';

/** What kind of item it is, as in FHIR R4. */
export type QuestionType =
  /** Yes or no. */
  | 'BOOLEAN'
  /** One of the options, or several where it repeats. */
  | 'CHOICE'
  /** A number. */
  | 'DECIMAL'
  /** A text that is only shown. */
  | 'DISPLAY'
  /** A heading with items below it. */
  | 'GROUP'
  /** A whole number. */
  | 'INTEGER'
  /** A short text. */
  | 'STRING'
  /** A longer text. */
  | 'TEXT';

/** A message in the chat of a case. */
export type SendMessageInput = {
  /** The case. */
  caseId: string;
  /** Made by the client, at most 64 characters: a retry with the same key and text gets the first message. */
  idempotencyKey: string;
  /** What is written: something visible, at most 8,000 characters (UTF-16 units). */
  text: string;
};

/** A case to start with questions. */
export type StartTriageInput = {
  /** The way in that the patient took. */
  entryChannel: EntryChannel;
  /** Made by the client, at most 64 characters: a retry with the same key gives the first case. */
  idempotencyKey: string;
  /** The patient; the viewer herself when left out. A guardian names a child below 13. */
  patientId?: string | null | undefined;
  /** The questionnaire; the latest active version of it is used. */
  questionnaire: string;
  /** The care unit; the health centre where the patient is listed when left out. */
  unitId?: string | null | undefined;
};

/** An answer: the one field that suits the question’s type, or none to take an earlier answer back. */
export type TriageAnswerInput = {
  /** Answers a BOOLEAN. */
  boolean?: boolean | null | undefined;
  /** Codes of the options chosen: answers a CHOICE. */
  codes?: Array<string> | null | undefined;
  /** The question’s linkId. */
  linkId: string;
  /** Answers an INTEGER or a DECIMAL. */
  number?: number | null | undefined;
  /** Answers a STRING or a TEXT. */
  text?: string | null | undefined;
};

/** What the first assessment came to. */
export type TriageOutcome =
  /** Call 112 at once. */
  | 'CALL_112'
  /** The health centre (vårdcentral) should answer. */
  | 'HEALTH_CENTRE'
  /** A nurse at 1177 should answer. */
  | 'NURSE_LINE_1177'
  /** Advice on self-care. */
  | 'SELF_CARE';

/** As what somebody is logged in. */
export type ViewerKind =
  /** Nobody is logged in. */
  | 'ANONYMOUS'
  /** A person, as a patient or for a child. */
  | 'PATIENT'
  /** Somebody on the staff, with an assignment at a unit. */
  | 'STAFF';

/** How a visit is held. Care meetings are digital as a rule; physical visits and phone calls exist too. [R1] */
export type VisitChannel =
  /** Video in the app. */
  | 'APP'
  /** By phone. */
  | 'PHONE'
  /** At the unit. */
  | 'PHYSICAL'
  /** Video in a web browser. */
  | 'WEB';

/** Where a visit stands (FHIR Appointment and Encounter in one). */
export type VisitStatus =
  /** Agreed; the time is taken. */
  | 'BOOKED'
  /** Called off, by the patient or the unit. */
  | 'CANCELLED'
  /** The patient has come. */
  | 'CHECKED_IN'
  /** Held. */
  | 'FULFILLED'
  /** Going on. */
  | 'IN_PROGRESS'
  /** The patient stayed away. */
  | 'NO_SHOW'
  /** Proposed, not yet agreed. */
  | 'PROPOSED';

/** Kind of visit. */
export type VisitTypeCode =
  /** Counselling. */
  | 'CONVERSATION'
  /** Follow-up of something known. */
  | 'FOLLOW_UP'
  /** A new complaint. */
  | 'NEW_PROBLEM'
  /** Samples are taken. */
  | 'SAMPLING'
  /** Specialist care. */
  | 'SPECIALIST'
  /** Vaccination. */
  | 'VACCINATION';

export type CaseCardFragment = { id: string, status: CaseStatus, outcome: TriageOutcome | null, priority: Priority | null, isOngoing: boolean, answerDueAt: string | null, unit: { name: string }, responder: { hsaId: string, kind: CareUnitKind } | null } & { ' $fragmentName'?: 'CaseCardFragment' };

export type StoryContactCardQueryVariables = Exact<{
  hsaId: string;
}>;


export type StoryContactCardQuery = { careUnit: { id: string, name: string, isOpen: boolean, closesAt: string | null, contactCard: { phone: string, url: string } } | null };

export type StoryMeQueryVariables = Exact<{ [key: string]: never; }>;


export type StoryMeQuery = { me: { kind: ViewerKind, patient: { id: string, displayName: string | null } | null, mayActFor: Array<{ id: string, displayName: string | null }>, unit: { id: string, hsaId: string } | null } };

export type StoryComplaintsQueryVariables = Exact<{
  patientId?: string | null | undefined;
}>;


export type StoryComplaintsQuery = { questionnaires: { edges: Array<{ node: { id: string, url: string, version: string, title: string, experimental: boolean } }> } };

export type StoryStartTriageMutationVariables = Exact<{
  input: StartTriageInput;
}>;


export type StoryStartTriageMutation = { startTriage: { careCase: (
      { triage: { nextItems: Array<{ linkId: string, type: QuestionType, options: Array<{ code: string }> }> } | null }
      & { ' $fragmentRefs'?: { 'CaseCardFragment': CaseCardFragment } }
    ) | null, refusal:
      | { code: string, rule: string | null, message: string, unlock: string | null }
      | { code: string, rule: string | null, message: string, unlock: string | null }
      | { instructions: string, phoneNumber: string, code: string, rule: string | null, message: string, unlock: string | null, careCase: { id: string } | null }
      | { code: string, rule: string | null, message: string, unlock: string | null }
     | null } };

export type StoryAnswerTriageMutationVariables = Exact<{
  input: AnswerTriageInput;
}>;


export type StoryAnswerTriageMutation = { answerTriage: { outcome: TriageOutcome | null, careCase: (
      { triage: { nextItems: Array<{ linkId: string }>, progress: { answered: number, asked: number, complete: boolean } } | null }
      & { ' $fragmentRefs'?: { 'CaseCardFragment': CaseCardFragment } }
    ) | null, assessment: { instructions: string, phoneNumber: string | null } | null, errors: Array<{ linkId: string, code: AnswerErrorCode }>, refusal:
      | { code: string }
      | { code: string }
      | { code: string }
      | { code: string }
     | null } };

export type StoryCompleteTriageMutationVariables = Exact<{
  input: CompleteTriageInput;
}>;


export type StoryCompleteTriageMutation = { completeTriage: { outcome: TriageOutcome | null, careCase: (
      { waitingRoom: { position: number | null } | null, feeQuote: { amountOre: number, reason: FeeReason } | null }
      & { ' $fragmentRefs'?: { 'CaseCardFragment': CaseCardFragment } }
    ) | null, refusal:
      | { code: string }
      | { code: string }
      | { code: string }
      | { missing: Array<string>, code: string }
     | null } };

export type StoryResumeQueryVariables = Exact<{
  id: string;
}>;


export type StoryResumeQuery = { careCase: { status: CaseStatus, triage: { answers: Array<{ linkId: string, display: string }>, nextItems: Array<{ linkId: string }>, questionnaire: { version: string } } | null } | null };

export type StoryPositionSubscriptionVariables = Exact<{
  caseId: string;
}>;


export type StoryPositionSubscription = { waitingRoomPosition: { status: CaseStatus, position: number | null, reason: PositionReason, estimatedAnswerAt: string | null, responder: { name: string } | null } };

export type StoryUnitQueueSubscriptionVariables = Exact<{
  unitId: string;
}>;


export type StoryUnitQueueSubscription = { unitQueue: { waiting: number, entries: Array<{ position: number, priority: Priority, complaint: string, careCase: { id: string, patient: { displayName: string | null, age: number } } | null }> } };

export type StoryAlertsSubscriptionVariables = Exact<{
  unitId: string;
  after?: string | null | undefined;
}>;


export type StoryAlertsSubscription = { caseAlerts: { cursor: string, node: { caseId: string, kind: CaseAlertKind, careCase: { redFlag: { assessment: { outcome: TriageOutcome } } | null, patient: { displayName: string | null } } | null } } };

export type StoryClaimMutationVariables = Exact<{
  key: string;
}>;


export type StoryClaimMutation = { claimNextCase: { careCase: { id: string, status: CaseStatus, patient: { displayName: string | null } } | null, refusal:
      | { code: string }
      | { code: string }
      | { code: string }
      | { code: string }
     | null } };

export type StoryAnswerMutationVariables = Exact<{
  input: AnswerCaseInput;
}>;


export type StoryAnswerMutation = { answerCase: { careCase: { id: string, status: CaseStatus } | null, message: { id: string, text: string } | null, refusal:
      | { code: string }
      | { code: string }
      | { code: string }
      | { code: string }
     | null } };

export type StorySendMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type StorySendMutation = { sendMessage: { message: { id: string, text: string, sentAt: string } | null, refusal:
      | { code: string, rule: string | null, message: string }
      | { redirectUrl: string, code: string, rule: string | null, message: string }
      | { code: string, rule: string | null, message: string }
      | { code: string, rule: string | null, message: string }
     | null } };

export type StoryChatSubscriptionVariables = Exact<{
  caseId: string;
  after?: string | null | undefined;
}>;


export type StoryChatSubscription = { chatMessages: { cursor: string, node: { text: string, authorKind: AuthorKind, sentByMe: boolean, author:
        | { __typename: 'Patient', name: string | null }
        | { __typename: 'Staff', displayName: string, unit: { name: string } | null }
       | null } } };

export type StoryBookMutationVariables = Exact<{
  input: BookVisitFromCaseInput;
}>;


export type StoryBookMutation = { bookVisitFromCase: { visit: { id: string, startsAt: string, status: VisitStatus, cancelDeadline: { at: string, source: CancelDeadlineSource }, feeQuote: { amountOre: number, reason: FeeReason } | null } | null, receipt: { startsAt: string, channel: VisitChannel, unit: { hsaId: string, name: string, contactCard: { address: { street: string, city: string } | null } } } | null, refusal:
      | { code: string, rule: string | null, message: string }
      | { code: string, rule: string | null, message: string }
      | { code: string, rule: string | null, message: string }
      | { code: string, rule: string | null, message: string }
     | null } };

export type StoryUnitVisitsQueryVariables = Exact<{
  hsaId: string;
}>;


export type StoryUnitVisitsQuery = { careUnit: { visits: { edges: Array<{ cursor: string, node: { startsAt: string, unit: { hsaId: string } | null, patient: { displayName: string | null } | null, careCase: { status: CaseStatus } | null } }> } | null } | null };

export type StoryCloseMutationVariables = Exact<{
  caseId: string;
}>;


export type StoryCloseMutation = { closeCase: { careCase: { status: CaseStatus } | null, refusal:
      | { code: string }
      | { code: string }
      | { code: string }
      | { code: string }
     | null } };

export type StoryHistoryQueryVariables = Exact<{
  caseId: string;
}>;


export type StoryHistoryQuery = { careCase: { status: CaseStatus, messages: { edges: Array<{ node: { text: string, authorKind: AuthorKind } }>, pageInfo: { hasNextPage: boolean } }, visits: { edges: Array<{ node: { startsAt: string, unit: { name: string } | null } }> } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const CaseCardFragmentDoc = new TypedDocumentString(`
    fragment CaseCard on CareCase {
  id
  status
  outcome
  priority
  isOngoing
  answerDueAt
  unit {
    name
  }
  responder {
    hsaId
    kind
  }
}
    `, {"fragmentName":"CaseCard"}) as unknown as TypedDocumentString<CaseCardFragment, unknown>;
export const StoryContactCardDocument = new TypedDocumentString(`
    query StoryContactCard($hsaId: String!) {
  careUnit(hsaId: $hsaId) {
    id
    name
    isOpen
    closesAt
    contactCard {
      phone
      url
    }
  }
}
    `) as unknown as TypedDocumentString<StoryContactCardQuery, StoryContactCardQueryVariables>;
export const StoryMeDocument = new TypedDocumentString(`
    query StoryMe {
  me {
    kind
    patient {
      id
      displayName
    }
    mayActFor {
      id
      displayName
    }
    unit {
      id
      hsaId
    }
  }
}
    `) as unknown as TypedDocumentString<StoryMeQuery, StoryMeQueryVariables>;
export const StoryComplaintsDocument = new TypedDocumentString(`
    query StoryComplaints($patientId: ID) {
  questionnaires(patientId: $patientId, first: 20) {
    edges {
      node {
        id
        url
        version
        title
        experimental
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoryComplaintsQuery, StoryComplaintsQueryVariables>;
export const StoryStartTriageDocument = new TypedDocumentString(`
    mutation StoryStartTriage($input: StartTriageInput!) {
  startTriage(input: $input) {
    careCase {
      ...CaseCard
      triage {
        nextItems {
          linkId
          type
          options {
            code
          }
        }
      }
    }
    refusal {
      code
      rule
      message
      unlock
      ... on OpenCaseExists {
        instructions
        phoneNumber
        careCase {
          id
        }
      }
    }
  }
}
    fragment CaseCard on CareCase {
  id
  status
  outcome
  priority
  isOngoing
  answerDueAt
  unit {
    name
  }
  responder {
    hsaId
    kind
  }
}`) as unknown as TypedDocumentString<StoryStartTriageMutation, StoryStartTriageMutationVariables>;
export const StoryAnswerTriageDocument = new TypedDocumentString(`
    mutation StoryAnswerTriage($input: AnswerTriageInput!) {
  answerTriage(input: $input) {
    careCase {
      ...CaseCard
      triage {
        nextItems {
          linkId
        }
        progress {
          answered
          asked
          complete
        }
      }
    }
    outcome
    assessment {
      instructions
      phoneNumber
    }
    errors {
      linkId
      code
    }
    refusal {
      code
    }
  }
}
    fragment CaseCard on CareCase {
  id
  status
  outcome
  priority
  isOngoing
  answerDueAt
  unit {
    name
  }
  responder {
    hsaId
    kind
  }
}`) as unknown as TypedDocumentString<StoryAnswerTriageMutation, StoryAnswerTriageMutationVariables>;
export const StoryCompleteTriageDocument = new TypedDocumentString(`
    mutation StoryCompleteTriage($input: CompleteTriageInput!) {
  completeTriage(input: $input) {
    careCase {
      ...CaseCard
      waitingRoom {
        position
      }
      feeQuote {
        amountOre
        reason
      }
    }
    outcome
    refusal {
      code
      ... on TriageIncomplete {
        missing
      }
    }
  }
}
    fragment CaseCard on CareCase {
  id
  status
  outcome
  priority
  isOngoing
  answerDueAt
  unit {
    name
  }
  responder {
    hsaId
    kind
  }
}`) as unknown as TypedDocumentString<StoryCompleteTriageMutation, StoryCompleteTriageMutationVariables>;
export const StoryResumeDocument = new TypedDocumentString(`
    query StoryResume($id: ID!) {
  careCase(id: $id) {
    status
    triage {
      answers {
        linkId
        display
      }
      nextItems {
        linkId
      }
      questionnaire {
        version
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoryResumeQuery, StoryResumeQueryVariables>;
export const StoryPositionDocument = new TypedDocumentString(`
    subscription StoryPosition($caseId: ID!) {
  waitingRoomPosition(caseId: $caseId) {
    status
    position
    reason
    estimatedAnswerAt
    responder {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<StoryPositionSubscription, StoryPositionSubscriptionVariables>;
export const StoryUnitQueueDocument = new TypedDocumentString(`
    subscription StoryUnitQueue($unitId: ID!) {
  unitQueue(unitId: $unitId) {
    waiting
    entries {
      position
      priority
      complaint
      careCase {
        id
        patient {
          displayName
          age
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoryUnitQueueSubscription, StoryUnitQueueSubscriptionVariables>;
export const StoryAlertsDocument = new TypedDocumentString(`
    subscription StoryAlerts($unitId: ID!, $after: String) {
  caseAlerts(unitId: $unitId, after: $after) {
    cursor
    node {
      caseId
      kind
      careCase {
        redFlag {
          assessment {
            outcome
          }
        }
        patient {
          displayName
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoryAlertsSubscription, StoryAlertsSubscriptionVariables>;
export const StoryClaimDocument = new TypedDocumentString(`
    mutation StoryClaim($key: String!) {
  claimNextCase(input: {idempotencyKey: $key}) {
    careCase {
      id
      status
      patient {
        displayName
      }
    }
    refusal {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<StoryClaimMutation, StoryClaimMutationVariables>;
export const StoryAnswerDocument = new TypedDocumentString(`
    mutation StoryAnswer($input: AnswerCaseInput!) {
  answerCase(input: $input) {
    careCase {
      id
      status
    }
    message {
      id
      text
    }
    refusal {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<StoryAnswerMutation, StoryAnswerMutationVariables>;
export const StorySendDocument = new TypedDocumentString(`
    mutation StorySend($input: SendMessageInput!) {
  sendMessage(input: $input) {
    message {
      id
      text
      sentAt
    }
    refusal {
      code
      rule
      message
      ... on NoOngoingCase {
        redirectUrl
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StorySendMutation, StorySendMutationVariables>;
export const StoryChatDocument = new TypedDocumentString(`
    subscription StoryChat($caseId: ID!, $after: String) {
  chatMessages(caseId: $caseId, after: $after) {
    cursor
    node {
      text
      authorKind
      sentByMe
      author {
        __typename
        ... on Staff {
          displayName
          unit {
            name
          }
        }
        ... on Patient {
          name: displayName
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoryChatSubscription, StoryChatSubscriptionVariables>;
export const StoryBookDocument = new TypedDocumentString(`
    mutation StoryBook($input: BookVisitFromCaseInput!) {
  bookVisitFromCase(input: $input) {
    visit {
      id
      startsAt
      status
      cancelDeadline {
        at
        source
      }
      feeQuote {
        amountOre
        reason
      }
    }
    receipt {
      startsAt
      channel
      unit {
        hsaId
        name
        contactCard {
          address {
            street
            city
          }
        }
      }
    }
    refusal {
      code
      rule
      message
    }
  }
}
    `) as unknown as TypedDocumentString<StoryBookMutation, StoryBookMutationVariables>;
export const StoryUnitVisitsDocument = new TypedDocumentString(`
    query StoryUnitVisits($hsaId: String!) {
  careUnit(hsaId: $hsaId) {
    visits(first: 20) {
      edges {
        cursor
        node {
          startsAt
          unit {
            hsaId
          }
          patient {
            displayName
          }
          careCase {
            status
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoryUnitVisitsQuery, StoryUnitVisitsQueryVariables>;
export const StoryCloseDocument = new TypedDocumentString(`
    mutation StoryClose($caseId: ID!) {
  closeCase(input: {caseId: $caseId}) {
    careCase {
      status
    }
    refusal {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<StoryCloseMutation, StoryCloseMutationVariables>;
export const StoryHistoryDocument = new TypedDocumentString(`
    query StoryHistory($caseId: ID!) {
  careCase(id: $caseId) {
    status
    messages(first: 100) {
      edges {
        node {
          text
          authorKind
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    visits(first: 5) {
      edges {
        node {
          startsAt
          unit {
            name
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StoryHistoryQuery, StoryHistoryQueryVariables>;