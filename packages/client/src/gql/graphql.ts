/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Which case the patient leaves. */
export type AbandonCaseInput = {
  /** The case. */
  caseId: string;
};

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

/** Claims the next case of the viewer’s own unit. */
export type ClaimNextCaseInput = {
  /** Made by the client, at most 64 characters: a retry with the same key gets the same case, as long as it is ongoing and the viewer’s. */
  idempotencyKey: string;
};

/** Which case the care closes. */
export type CloseCaseInput = {
  /** The case. */
  caseId: string;
};

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

/** Which case goes back into the queue. */
export type ReleaseCaseInput = {
  /** The case. */
  caseId: string;
};

/** A new assessment of a waiting case. */
export type ReprioritiseCaseInput = {
  /** The case. */
  caseId: string;
  /** How great the need is found to be now. */
  priority: Priority;
};

/** A message in the chat of a case. */
export type SendMessageInput = {
  /** The case. */
  caseId: string;
  /** Made by the client, at most 64 characters: a retry with the same key and text gets the first message. */
  idempotencyKey: string;
  /** What is written: something visible, at most 8,000 characters (UTF-16 units). */
  text: string;
};

/** What somebody on the staff does. */
export type StaffRole =
  /** Nurse in child health care (BHV-sjuksköterska). */
  | 'CHILD_HEALTH_NURSE'
  /** Doctor (läkare). */
  | 'DOCTOR'
  /** Nurse (sjuksköterska). */
  | 'NURSE'
  /** Administrator of a unit (verksamhetsadministratör). */
  | 'UNIT_ADMINISTRATOR'
  /** Counsellor at a youth clinic (kurator). */
  | 'YOUTH_COUNSELLOR';

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

export type CareUnitNameFragment = { id: string, hsaId: string, name: string, kind: CareUnitKind } & { ' $fragmentName'?: 'CareUnitNameFragment' };

export type CareUnitCardFragment = (
  { isOpen: boolean, closesAt: string | null, nextOpening: string | null, contactCard: { phone: string, url: string, address: { street: string, postalCode: string, city: string } | null } }
  & { ' $fragmentRefs'?: { 'CareUnitNameFragment': CareUnitNameFragment } }
) & { ' $fragmentName'?: 'CareUnitCardFragment' };

export type CareUnitsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  kind?: CareUnitKind | null | undefined;
  region?: string | null | undefined;
}>;


export type CareUnitsQuery = { careUnits: { edges: Array<{ node: { ' $fragmentRefs'?: { 'CareUnitCardFragment': CareUnitCardFragment } } }>, pageInfo: { ' $fragmentRefs'?: { 'PageEndFragment': PageEndFragment } } } };

export type CareUnitQueryVariables = Exact<{
  hsaId: string;
}>;


export type CareUnitQuery = { careUnit: (
    { openingHours: Array<{ date: string, openings: Array<{ opensAt: string, closesAt: string }> }> }
    & { ' $fragmentRefs'?: { 'CareUnitCardFragment': CareUnitCardFragment } }
  ) | null };

export type RedFlagToldFragment = { raisedAt: string, assessment: { ' $fragmentRefs'?: { 'AssessmentFragment': AssessmentFragment } } } & { ' $fragmentName'?: 'RedFlagToldFragment' };

export type CareCaseCardFragment = { id: string, status: CaseStatus, complaint: string, outcome: TriageOutcome | null, priority: Priority | null, isOngoing: boolean, openedAt: string, answerDueAt: string | null, redFlag: { ' $fragmentRefs'?: { 'RedFlagToldFragment': RedFlagToldFragment } } | null, unit: { ' $fragmentRefs'?: { 'CareUnitNameFragment': CareUnitNameFragment } }, responder: { ' $fragmentRefs'?: { 'CareUnitNameFragment': CareUnitNameFragment } } | null } & { ' $fragmentName'?: 'CareCaseCardFragment' };

export type CareCaseQueryVariables = Exact<{
  id: string;
}>;


export type CareCaseQuery = { careCase: (
    { patient: { ' $fragmentRefs'?: { 'PersonNameFragment': PersonNameFragment } }, waitingRoom: { ' $fragmentRefs'?: { 'WaitingRoomPlaceFragment': WaitingRoomPlaceFragment } } | null, triage: { ' $fragmentRefs'?: { 'TriageViewFragment': TriageViewFragment } } | null, feeQuote: { amountOre: number, explanation: string } | null }
    & { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } }
  ) | null };

export type CasesOfPatientQueryVariables = Exact<{
  patientId: string;
  first: number;
  after?: string | null | undefined;
}>;


export type CasesOfPatientQuery = { patient: { id: string, careCases: { edges: Array<{ node: { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } } }>, pageInfo: { ' $fragmentRefs'?: { 'PageEndFragment': PageEndFragment } } } | null } | null };

export type CasesInHandQueryVariables = Exact<{
  unitId: string;
  first: number;
  after?: string | null | undefined;
  mine?: boolean | null | undefined;
  redFlagged?: boolean | null | undefined;
}>;


export type CasesInHandQuery = { node:
    | { id: string, casesInHand: { edges: Array<{ node: (
            { patient: { ' $fragmentRefs'?: { 'PersonNameFragment': PersonNameFragment } } }
            & { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } }
          ) }>, pageInfo: { ' $fragmentRefs'?: { 'PageEndFragment': PageEndFragment } } } | null }
    | Record<PropertyKey, never>
   | null };

export type CaseAlertsSubscriptionVariables = Exact<{
  unitId: string;
  after?: string | null | undefined;
}>;


export type CaseAlertsSubscription = { caseAlerts: { cursor: string, node: { caseId: string, kind: CaseAlertKind, raisedAt: string } } };

export type AbandonCaseMutationVariables = Exact<{
  input: AbandonCaseInput;
}>;


export type AbandonCaseMutation = { abandonCase: { careCase: { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } } | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

export type CloseCaseMutationVariables = Exact<{
  input: CloseCaseInput;
}>;


export type CloseCaseMutation = { closeCase: { careCase: { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } } | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

export type MessageFragment = { id: string, text: string, sentAt: string, sentByMe: boolean, authorKind: AuthorKind, author:
    | (
      { __typename: 'Patient' }
      & { ' $fragmentRefs'?: { 'PersonNameFragment': PersonNameFragment } }
    )
    | { __typename: 'Staff', id: string, role: StaffRole, staffName: string }
   | null } & { ' $fragmentName'?: 'MessageFragment' };

export type ChatHistoryQueryVariables = Exact<{
  caseId: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ChatHistoryQuery = { careCase: { id: string, isOngoing: boolean, messages: { edges: Array<{ cursor: string, node: { ' $fragmentRefs'?: { 'MessageFragment': MessageFragment } } }>, pageInfo: { ' $fragmentRefs'?: { 'PageEndFragment': PageEndFragment } } } } | null };

export type ChatMessagesSubscriptionVariables = Exact<{
  caseId: string;
  after?: string | null | undefined;
}>;


export type ChatMessagesSubscription = { chatMessages: { cursor: string, node: { ' $fragmentRefs'?: { 'MessageFragment': MessageFragment } } } };

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { sendMessage: { message: { ' $fragmentRefs'?: { 'MessageFragment': MessageFragment } } | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | (
        { redirectUrl: string }
        & { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      )
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

export type AnswerCaseMutationVariables = Exact<{
  input: AnswerCaseInput;
}>;


export type AnswerCaseMutation = { answerCase: { careCase: { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } } | null, message: { ' $fragmentRefs'?: { 'MessageFragment': MessageFragment } } | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

type RefusalText_GeneralRefusal_Fragment = { __typename: 'GeneralRefusal', code: string, rule: string | null, message: string, unlock: string | null } & { ' $fragmentName'?: 'RefusalText_GeneralRefusal_Fragment' };

type RefusalText_NoOngoingCase_Fragment = { __typename: 'NoOngoingCase', code: string, rule: string | null, message: string, unlock: string | null } & { ' $fragmentName'?: 'RefusalText_NoOngoingCase_Fragment' };

type RefusalText_OpenCaseExists_Fragment = { __typename: 'OpenCaseExists', code: string, rule: string | null, message: string, unlock: string | null } & { ' $fragmentName'?: 'RefusalText_OpenCaseExists_Fragment' };

type RefusalText_TriageIncomplete_Fragment = { __typename: 'TriageIncomplete', code: string, rule: string | null, message: string, unlock: string | null } & { ' $fragmentName'?: 'RefusalText_TriageIncomplete_Fragment' };

export type RefusalTextFragment =
  | RefusalText_GeneralRefusal_Fragment
  | RefusalText_NoOngoingCase_Fragment
  | RefusalText_OpenCaseExists_Fragment
  | RefusalText_TriageIncomplete_Fragment
;

export type PageEndFragment = { hasNextPage: boolean, endCursor: string | null } & { ' $fragmentName'?: 'PageEndFragment' };

export type QuestionFragment = { linkId: string, type: QuestionType, text: string, required: boolean, repeats: boolean, minValue: number | null, maxValue: number | null, maxLength: number | null, unit: string | null, options: Array<{ code: string, text: string, exclusive: boolean }> } & { ' $fragmentName'?: 'QuestionFragment' };

export type TriageViewFragment = { questionnaire: { id: string, title: string }, progress: { answered: number, asked: number, complete: boolean }, answers: Array<{ linkId: string, question: string, display: string, counts: boolean }>, nextItems: Array<{ ' $fragmentRefs'?: { 'QuestionFragment': QuestionFragment } }>, assessment: { ' $fragmentRefs'?: { 'AssessmentFragment': AssessmentFragment } } | null } & { ' $fragmentName'?: 'TriageViewFragment' };

export type AssessmentFragment = { outcome: TriageOutcome, reason: string, instructions: string, advice: string | null, phoneNumber: string | null } & { ' $fragmentName'?: 'AssessmentFragment' };

export type ComplaintsQueryVariables = Exact<{
  patientId?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ComplaintsQuery = { questionnaires: { edges: Array<{ node: { id: string, title: string, description: string, version: string, experimental: boolean } }>, pageInfo: { ' $fragmentRefs'?: { 'PageEndFragment': PageEndFragment } } } };

export type StartTriageMutationVariables = Exact<{
  input: StartTriageInput;
}>;


export type StartTriageMutation = { startTriage: { careCase: (
      { triage: { ' $fragmentRefs'?: { 'TriageViewFragment': TriageViewFragment } } | null }
      & { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } }
    ) | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | (
        { instructions: string, phoneNumber: string, careCase: (
          { triage: { ' $fragmentRefs'?: { 'TriageViewFragment': TriageViewFragment } } | null }
          & { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } }
        ) | null }
        & { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      )
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

export type AnswerTriageMutationVariables = Exact<{
  input: AnswerTriageInput;
}>;


export type AnswerTriageMutation = { answerTriage: { outcome: TriageOutcome | null, careCase: (
      { triage: { ' $fragmentRefs'?: { 'TriageViewFragment': TriageViewFragment } } | null }
      & { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } }
    ) | null, assessment: { ' $fragmentRefs'?: { 'AssessmentFragment': AssessmentFragment } } | null, errors: Array<{ linkId: string, code: AnswerErrorCode, message: string, limit: number | null }>, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

export type CompleteTriageMutationVariables = Exact<{
  input: CompleteTriageInput;
}>;


export type CompleteTriageMutation = { completeTriage: { outcome: TriageOutcome | null, careCase: (
      { waitingRoom: { ' $fragmentRefs'?: { 'WaitingRoomPlaceFragment': WaitingRoomPlaceFragment } } | null }
      & { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } }
    ) | null, assessment: { ' $fragmentRefs'?: { 'AssessmentFragment': AssessmentFragment } } | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | (
        { missing: Array<string> }
        & { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
      )
     | null } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { kind: ViewerKind, role: StaffRole | null, sessionExpiresAt: string | null, patient: { ' $fragmentRefs'?: { 'PersonNameFragment': PersonNameFragment } } | null, mayActFor: Array<(
      { age: number }
      & { ' $fragmentRefs'?: { 'PersonNameFragment': PersonNameFragment } }
    )>, staff: { id: string, displayName: string } | null, unit: { ' $fragmentRefs'?: { 'CareUnitNameFragment': CareUnitNameFragment } } | null } };

export type ErrorCodesQueryVariables = Exact<{ [key: string]: never; }>;


export type ErrorCodesQuery = { errorCodes: Array<{ code: string, rule: string | null, httpStatus: number | null, retryable: boolean, message: { sv: string, en: string }, unlock: { sv: string, en: string } | null }> };

export type PersonNameFragment = { id: string, displayName: string | null } & { ' $fragmentName'?: 'PersonNameFragment' };

export type VisitCardFragment = { id: string, startsAt: string, endsAt: string, channel: VisitChannel, status: VisitStatus, collides: boolean | null, profession: Profession, visitType: { code: VisitTypeCode, name: string }, unit: { id: string, name: string, contactCard: { phone: string, address: { street: string, postalCode: string, city: string } | null } } | null, cancelDeadline: { at: string, source: CancelDeadlineSource }, joinWindow: { opensAt: string, closesAt: string } | null, feeQuote: { amountOre: number, explanation: string } | null } & { ' $fragmentName'?: 'VisitCardFragment' };

export type BookingReceiptTextFragment = { startsAt: string, endsAt: string, channel: VisitChannel, profession: Profession, visitType: { code: VisitTypeCode, name: string }, unit: { id: string, name: string, contactCard: { phone: string, address: { street: string, postalCode: string, city: string } | null } } } & { ' $fragmentName'?: 'BookingReceiptTextFragment' };

export type VisitsOfPatientQueryVariables = Exact<{
  patientId: string;
  first: number;
  after?: string | null | undefined;
  from?: string | null | undefined;
}>;


export type VisitsOfPatientQuery = { patient: { id: string, visits: { edges: Array<{ cursor: string, node: { ' $fragmentRefs'?: { 'VisitCardFragment': VisitCardFragment } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type BookVisitFromCaseMutationVariables = Exact<{
  input: BookVisitFromCaseInput;
}>;


export type BookVisitFromCaseMutation = { bookVisitFromCase: { visit: { ' $fragmentRefs'?: { 'VisitCardFragment': VisitCardFragment } } | null, receipt: { ' $fragmentRefs'?: { 'BookingReceiptTextFragment': BookingReceiptTextFragment } } | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

export type WaitingRoomPlaceFragment = { status: CaseStatus, position: number | null, estimatedAnswerAt: string | null, reason: PositionReason, opensAt: string | null, answerDueAt: string | null } & { ' $fragmentName'?: 'WaitingRoomPlaceFragment' };

export type QueuePlaceFragment = { caseId: string, position: number, priority: Priority, complaint: string, enteredAt: string, targetAt: string, answerDueAt: string, dueSoon: boolean, redFlag: boolean } & { ' $fragmentName'?: 'QueuePlaceFragment' };

export type WaitingRoomPositionSubscriptionVariables = Exact<{
  caseId: string;
}>;


export type WaitingRoomPositionSubscription = { waitingRoomPosition: { ' $fragmentRefs'?: { 'WaitingRoomPlaceFragment': WaitingRoomPlaceFragment } } };

export type UnitQueueSubscriptionVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
}>;


export type UnitQueueSubscription = { unitQueue: { waiting: number, entries: Array<{ ' $fragmentRefs'?: { 'QueuePlaceFragment': QueuePlaceFragment } }> } };

export type ClaimNextCaseMutationVariables = Exact<{
  input: ClaimNextCaseInput;
}>;


export type ClaimNextCaseMutation = { claimNextCase: { careCase: (
      { patient: (
        { age: number }
        & { ' $fragmentRefs'?: { 'PersonNameFragment': PersonNameFragment } }
      ), triage: { ' $fragmentRefs'?: { 'TriageViewFragment': TriageViewFragment } } | null }
      & { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } }
    ) | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

export type ReleaseCaseMutationVariables = Exact<{
  input: ReleaseCaseInput;
}>;


export type ReleaseCaseMutation = { releaseCase: { careCase: { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } } | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

export type ReprioritiseCaseMutationVariables = Exact<{
  input: ReprioritiseCaseInput;
}>;


export type ReprioritiseCaseMutation = { reprioritiseCase: { careCase: { ' $fragmentRefs'?: { 'CareCaseCardFragment': CareCaseCardFragment } } | null, refusal:
      | { ' $fragmentRefs'?: { 'RefusalText_GeneralRefusal_Fragment': RefusalText_GeneralRefusal_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_NoOngoingCase_Fragment': RefusalText_NoOngoingCase_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_OpenCaseExists_Fragment': RefusalText_OpenCaseExists_Fragment } }
      | { ' $fragmentRefs'?: { 'RefusalText_TriageIncomplete_Fragment': RefusalText_TriageIncomplete_Fragment } }
     | null } };

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
export const CareUnitNameFragmentDoc = new TypedDocumentString(`
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
    `, {"fragmentName":"CareUnitName"}) as unknown as TypedDocumentString<CareUnitNameFragment, unknown>;
export const CareUnitCardFragmentDoc = new TypedDocumentString(`
    fragment CareUnitCard on CareUnit {
  ...CareUnitName
  isOpen
  closesAt
  nextOpening
  contactCard {
    phone
    url
    address {
      street
      postalCode
      city
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}`, {"fragmentName":"CareUnitCard"}) as unknown as TypedDocumentString<CareUnitCardFragment, unknown>;
export const AssessmentFragmentDoc = new TypedDocumentString(`
    fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}
    `, {"fragmentName":"Assessment"}) as unknown as TypedDocumentString<AssessmentFragment, unknown>;
export const RedFlagToldFragmentDoc = new TypedDocumentString(`
    fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
    fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`, {"fragmentName":"RedFlagTold"}) as unknown as TypedDocumentString<RedFlagToldFragment, unknown>;
export const CareCaseCardFragmentDoc = new TypedDocumentString(`
    fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`, {"fragmentName":"CareCaseCard"}) as unknown as TypedDocumentString<CareCaseCardFragment, unknown>;
export const PersonNameFragmentDoc = new TypedDocumentString(`
    fragment PersonName on Patient {
  id
  displayName
}
    `, {"fragmentName":"PersonName"}) as unknown as TypedDocumentString<PersonNameFragment, unknown>;
export const MessageFragmentDoc = new TypedDocumentString(`
    fragment Message on ChatMessage {
  id
  text
  sentAt
  sentByMe
  authorKind
  author {
    __typename
    ... on Staff {
      id
      staffName: displayName
      role
    }
    ... on Patient {
      ...PersonName
    }
  }
}
    fragment PersonName on Patient {
  id
  displayName
}`, {"fragmentName":"Message"}) as unknown as TypedDocumentString<MessageFragment, unknown>;
export const RefusalTextFragmentDoc = new TypedDocumentString(`
    fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
    `, {"fragmentName":"RefusalText"}) as unknown as TypedDocumentString<RefusalTextFragment, unknown>;
export const PageEndFragmentDoc = new TypedDocumentString(`
    fragment PageEnd on PageInfo {
  hasNextPage
  endCursor
}
    `, {"fragmentName":"PageEnd"}) as unknown as TypedDocumentString<PageEndFragment, unknown>;
export const QuestionFragmentDoc = new TypedDocumentString(`
    fragment Question on QuestionnaireItem {
  linkId
  type
  text
  required
  repeats
  minValue
  maxValue
  maxLength
  unit
  options {
    code
    text
    exclusive
  }
}
    `, {"fragmentName":"Question"}) as unknown as TypedDocumentString<QuestionFragment, unknown>;
export const TriageViewFragmentDoc = new TypedDocumentString(`
    fragment TriageView on Triage {
  questionnaire {
    id
    title
  }
  progress {
    answered
    asked
    complete
  }
  answers {
    linkId
    question
    display
    counts
  }
  nextItems {
    ...Question
  }
  assessment {
    ...Assessment
  }
}
    fragment Question on QuestionnaireItem {
  linkId
  type
  text
  required
  repeats
  minValue
  maxValue
  maxLength
  unit
  options {
    code
    text
    exclusive
  }
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`, {"fragmentName":"TriageView"}) as unknown as TypedDocumentString<TriageViewFragment, unknown>;
export const VisitCardFragmentDoc = new TypedDocumentString(`
    fragment VisitCard on Visit {
  id
  startsAt
  endsAt
  channel
  status
  collides
  profession
  visitType {
    code
    name
  }
  unit {
    id
    name
    contactCard {
      phone
      address {
        street
        postalCode
        city
      }
    }
  }
  cancelDeadline {
    at
    source
  }
  joinWindow {
    opensAt
    closesAt
  }
  feeQuote {
    amountOre
    explanation
  }
}
    `, {"fragmentName":"VisitCard"}) as unknown as TypedDocumentString<VisitCardFragment, unknown>;
export const BookingReceiptTextFragmentDoc = new TypedDocumentString(`
    fragment BookingReceiptText on BookingReceipt {
  startsAt
  endsAt
  channel
  profession
  visitType {
    code
    name
  }
  unit {
    id
    name
    contactCard {
      phone
      address {
        street
        postalCode
        city
      }
    }
  }
}
    `, {"fragmentName":"BookingReceiptText"}) as unknown as TypedDocumentString<BookingReceiptTextFragment, unknown>;
export const WaitingRoomPlaceFragmentDoc = new TypedDocumentString(`
    fragment WaitingRoomPlace on WaitingRoomPosition {
  status
  position
  estimatedAnswerAt
  reason
  opensAt
  answerDueAt
}
    `, {"fragmentName":"WaitingRoomPlace"}) as unknown as TypedDocumentString<WaitingRoomPlaceFragment, unknown>;
export const QueuePlaceFragmentDoc = new TypedDocumentString(`
    fragment QueuePlace on QueueEntry {
  caseId
  position
  priority
  complaint
  enteredAt
  targetAt
  answerDueAt
  dueSoon
  redFlag
}
    `, {"fragmentName":"QueuePlace"}) as unknown as TypedDocumentString<QueuePlaceFragment, unknown>;
export const CareUnitsDocument = new TypedDocumentString(`
    query CareUnits($first: Int!, $after: String, $kind: CareUnitKind, $region: String) {
  careUnits(first: $first, after: $after, kind: $kind, region: $region) {
    edges {
      node {
        ...CareUnitCard
      }
    }
    pageInfo {
      ...PageEnd
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment CareUnitCard on CareUnit {
  ...CareUnitName
  isOpen
  closesAt
  nextOpening
  contactCard {
    phone
    url
    address {
      street
      postalCode
      city
    }
  }
}
fragment PageEnd on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<CareUnitsQuery, CareUnitsQueryVariables>;
export const CareUnitDocument = new TypedDocumentString(`
    query CareUnit($hsaId: String!) {
  careUnit(hsaId: $hsaId) {
    ...CareUnitCard
    openingHours {
      date
      openings {
        opensAt
        closesAt
      }
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment CareUnitCard on CareUnit {
  ...CareUnitName
  isOpen
  closesAt
  nextOpening
  contactCard {
    phone
    url
    address {
      street
      postalCode
      city
    }
  }
}`) as unknown as TypedDocumentString<CareUnitQuery, CareUnitQueryVariables>;
export const CareCaseDocument = new TypedDocumentString(`
    query CareCase($id: ID!) {
  careCase(id: $id) {
    ...CareCaseCard
    patient {
      ...PersonName
    }
    waitingRoom {
      ...WaitingRoomPlace
    }
    triage {
      ...TriageView
    }
    feeQuote {
      amountOre
      explanation
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment Question on QuestionnaireItem {
  linkId
  type
  text
  required
  repeats
  minValue
  maxValue
  maxLength
  unit
  options {
    code
    text
    exclusive
  }
}
fragment TriageView on Triage {
  questionnaire {
    id
    title
  }
  progress {
    answered
    asked
    complete
  }
  answers {
    linkId
    question
    display
    counts
  }
  nextItems {
    ...Question
  }
  assessment {
    ...Assessment
  }
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}
fragment PersonName on Patient {
  id
  displayName
}
fragment WaitingRoomPlace on WaitingRoomPosition {
  status
  position
  estimatedAnswerAt
  reason
  opensAt
  answerDueAt
}`) as unknown as TypedDocumentString<CareCaseQuery, CareCaseQueryVariables>;
export const CasesOfPatientDocument = new TypedDocumentString(`
    query CasesOfPatient($patientId: ID!, $first: Int!, $after: String) {
  patient(id: $patientId) {
    id
    careCases(first: $first, after: $after) {
      edges {
        node {
          ...CareCaseCard
        }
      }
      pageInfo {
        ...PageEnd
      }
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment PageEnd on PageInfo {
  hasNextPage
  endCursor
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`) as unknown as TypedDocumentString<CasesOfPatientQuery, CasesOfPatientQueryVariables>;
export const CasesInHandDocument = new TypedDocumentString(`
    query CasesInHand($unitId: ID!, $first: Int!, $after: String, $mine: Boolean, $redFlagged: Boolean) {
  node(id: $unitId) {
    ... on CareUnit {
      id
      casesInHand(first: $first, after: $after, mine: $mine, redFlagged: $redFlagged) {
        edges {
          node {
            ...CareCaseCard
            patient {
              ...PersonName
            }
          }
        }
        pageInfo {
          ...PageEnd
        }
      }
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment PageEnd on PageInfo {
  hasNextPage
  endCursor
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}
fragment PersonName on Patient {
  id
  displayName
}`) as unknown as TypedDocumentString<CasesInHandQuery, CasesInHandQueryVariables>;
export const CaseAlertsDocument = new TypedDocumentString(`
    subscription CaseAlerts($unitId: ID!, $after: String) {
  caseAlerts(unitId: $unitId, after: $after) {
    cursor
    node {
      caseId
      kind
      raisedAt
    }
  }
}
    `) as unknown as TypedDocumentString<CaseAlertsSubscription, CaseAlertsSubscriptionVariables>;
export const AbandonCaseDocument = new TypedDocumentString(`
    mutation AbandonCase($input: AbandonCaseInput!) {
  abandonCase(input: $input) {
    careCase {
      ...CareCaseCard
    }
    refusal {
      ...RefusalText
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`) as unknown as TypedDocumentString<AbandonCaseMutation, AbandonCaseMutationVariables>;
export const CloseCaseDocument = new TypedDocumentString(`
    mutation CloseCase($input: CloseCaseInput!) {
  closeCase(input: $input) {
    careCase {
      ...CareCaseCard
    }
    refusal {
      ...RefusalText
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`) as unknown as TypedDocumentString<CloseCaseMutation, CloseCaseMutationVariables>;
export const ChatHistoryDocument = new TypedDocumentString(`
    query ChatHistory($caseId: ID!, $first: Int!, $after: String) {
  careCase(id: $caseId) {
    id
    isOngoing
    messages(first: $first, after: $after) {
      edges {
        cursor
        node {
          ...Message
        }
      }
      pageInfo {
        ...PageEnd
      }
    }
  }
}
    fragment Message on ChatMessage {
  id
  text
  sentAt
  sentByMe
  authorKind
  author {
    __typename
    ... on Staff {
      id
      staffName: displayName
      role
    }
    ... on Patient {
      ...PersonName
    }
  }
}
fragment PageEnd on PageInfo {
  hasNextPage
  endCursor
}
fragment PersonName on Patient {
  id
  displayName
}`) as unknown as TypedDocumentString<ChatHistoryQuery, ChatHistoryQueryVariables>;
export const ChatMessagesDocument = new TypedDocumentString(`
    subscription ChatMessages($caseId: ID!, $after: String) {
  chatMessages(caseId: $caseId, after: $after) {
    cursor
    node {
      ...Message
    }
  }
}
    fragment Message on ChatMessage {
  id
  text
  sentAt
  sentByMe
  authorKind
  author {
    __typename
    ... on Staff {
      id
      staffName: displayName
      role
    }
    ... on Patient {
      ...PersonName
    }
  }
}
fragment PersonName on Patient {
  id
  displayName
}`) as unknown as TypedDocumentString<ChatMessagesSubscription, ChatMessagesSubscriptionVariables>;
export const SendMessageDocument = new TypedDocumentString(`
    mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    message {
      ...Message
    }
    refusal {
      ...RefusalText
      ... on NoOngoingCase {
        redirectUrl
      }
    }
  }
}
    fragment Message on ChatMessage {
  id
  text
  sentAt
  sentByMe
  authorKind
  author {
    __typename
    ... on Staff {
      id
      staffName: displayName
      role
    }
    ... on Patient {
      ...PersonName
    }
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment PersonName on Patient {
  id
  displayName
}`) as unknown as TypedDocumentString<SendMessageMutation, SendMessageMutationVariables>;
export const AnswerCaseDocument = new TypedDocumentString(`
    mutation AnswerCase($input: AnswerCaseInput!) {
  answerCase(input: $input) {
    careCase {
      ...CareCaseCard
    }
    message {
      ...Message
    }
    refusal {
      ...RefusalText
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment Message on ChatMessage {
  id
  text
  sentAt
  sentByMe
  authorKind
  author {
    __typename
    ... on Staff {
      id
      staffName: displayName
      role
    }
    ... on Patient {
      ...PersonName
    }
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}
fragment PersonName on Patient {
  id
  displayName
}`) as unknown as TypedDocumentString<AnswerCaseMutation, AnswerCaseMutationVariables>;
export const ComplaintsDocument = new TypedDocumentString(`
    query Complaints($patientId: ID, $first: Int!, $after: String) {
  questionnaires(patientId: $patientId, first: $first, after: $after) {
    edges {
      node {
        id
        title
        description
        version
        experimental
      }
    }
    pageInfo {
      ...PageEnd
    }
  }
}
    fragment PageEnd on PageInfo {
  hasNextPage
  endCursor
}`) as unknown as TypedDocumentString<ComplaintsQuery, ComplaintsQueryVariables>;
export const StartTriageDocument = new TypedDocumentString(`
    mutation StartTriage($input: StartTriageInput!) {
  startTriage(input: $input) {
    careCase {
      ...CareCaseCard
      triage {
        ...TriageView
      }
    }
    refusal {
      ...RefusalText
      ... on OpenCaseExists {
        instructions
        phoneNumber
        careCase {
          ...CareCaseCard
          triage {
            ...TriageView
          }
        }
      }
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Question on QuestionnaireItem {
  linkId
  type
  text
  required
  repeats
  minValue
  maxValue
  maxLength
  unit
  options {
    code
    text
    exclusive
  }
}
fragment TriageView on Triage {
  questionnaire {
    id
    title
  }
  progress {
    answered
    asked
    complete
  }
  answers {
    linkId
    question
    display
    counts
  }
  nextItems {
    ...Question
  }
  assessment {
    ...Assessment
  }
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`) as unknown as TypedDocumentString<StartTriageMutation, StartTriageMutationVariables>;
export const AnswerTriageDocument = new TypedDocumentString(`
    mutation AnswerTriage($input: AnswerTriageInput!) {
  answerTriage(input: $input) {
    careCase {
      ...CareCaseCard
      triage {
        ...TriageView
      }
    }
    outcome
    assessment {
      ...Assessment
    }
    errors {
      linkId
      code
      message
      limit
    }
    refusal {
      ...RefusalText
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Question on QuestionnaireItem {
  linkId
  type
  text
  required
  repeats
  minValue
  maxValue
  maxLength
  unit
  options {
    code
    text
    exclusive
  }
}
fragment TriageView on Triage {
  questionnaire {
    id
    title
  }
  progress {
    answered
    asked
    complete
  }
  answers {
    linkId
    question
    display
    counts
  }
  nextItems {
    ...Question
  }
  assessment {
    ...Assessment
  }
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`) as unknown as TypedDocumentString<AnswerTriageMutation, AnswerTriageMutationVariables>;
export const CompleteTriageDocument = new TypedDocumentString(`
    mutation CompleteTriage($input: CompleteTriageInput!) {
  completeTriage(input: $input) {
    careCase {
      ...CareCaseCard
      waitingRoom {
        ...WaitingRoomPlace
      }
    }
    outcome
    assessment {
      ...Assessment
    }
    refusal {
      ...RefusalText
      ... on TriageIncomplete {
        missing
      }
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}
fragment WaitingRoomPlace on WaitingRoomPosition {
  status
  position
  estimatedAnswerAt
  reason
  opensAt
  answerDueAt
}`) as unknown as TypedDocumentString<CompleteTriageMutation, CompleteTriageMutationVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    kind
    role
    sessionExpiresAt
    patient {
      ...PersonName
    }
    mayActFor {
      ...PersonName
      age
    }
    staff {
      id
      displayName
    }
    unit {
      ...CareUnitName
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment PersonName on Patient {
  id
  displayName
}`) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const ErrorCodesDocument = new TypedDocumentString(`
    query ErrorCodes {
  errorCodes {
    code
    rule
    httpStatus
    retryable
    message {
      sv
      en
    }
    unlock {
      sv
      en
    }
  }
}
    `) as unknown as TypedDocumentString<ErrorCodesQuery, ErrorCodesQueryVariables>;
export const VisitsOfPatientDocument = new TypedDocumentString(`
    query VisitsOfPatient($patientId: ID!, $first: Int!, $after: String, $from: DateTime) {
  patient(id: $patientId) {
    id
    visits(first: $first, after: $after, from: $from) {
      edges {
        cursor
        node {
          ...VisitCard
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment VisitCard on Visit {
  id
  startsAt
  endsAt
  channel
  status
  collides
  profession
  visitType {
    code
    name
  }
  unit {
    id
    name
    contactCard {
      phone
      address {
        street
        postalCode
        city
      }
    }
  }
  cancelDeadline {
    at
    source
  }
  joinWindow {
    opensAt
    closesAt
  }
  feeQuote {
    amountOre
    explanation
  }
}`) as unknown as TypedDocumentString<VisitsOfPatientQuery, VisitsOfPatientQueryVariables>;
export const BookVisitFromCaseDocument = new TypedDocumentString(`
    mutation BookVisitFromCase($input: BookVisitFromCaseInput!) {
  bookVisitFromCase(input: $input) {
    visit {
      ...VisitCard
    }
    receipt {
      ...BookingReceiptText
    }
    refusal {
      ...RefusalText
    }
  }
}
    fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment VisitCard on Visit {
  id
  startsAt
  endsAt
  channel
  status
  collides
  profession
  visitType {
    code
    name
  }
  unit {
    id
    name
    contactCard {
      phone
      address {
        street
        postalCode
        city
      }
    }
  }
  cancelDeadline {
    at
    source
  }
  joinWindow {
    opensAt
    closesAt
  }
  feeQuote {
    amountOre
    explanation
  }
}
fragment BookingReceiptText on BookingReceipt {
  startsAt
  endsAt
  channel
  profession
  visitType {
    code
    name
  }
  unit {
    id
    name
    contactCard {
      phone
      address {
        street
        postalCode
        city
      }
    }
  }
}`) as unknown as TypedDocumentString<BookVisitFromCaseMutation, BookVisitFromCaseMutationVariables>;
export const WaitingRoomPositionDocument = new TypedDocumentString(`
    subscription WaitingRoomPosition($caseId: ID!) {
  waitingRoomPosition(caseId: $caseId) {
    ...WaitingRoomPlace
  }
}
    fragment WaitingRoomPlace on WaitingRoomPosition {
  status
  position
  estimatedAnswerAt
  reason
  opensAt
  answerDueAt
}`) as unknown as TypedDocumentString<WaitingRoomPositionSubscription, WaitingRoomPositionSubscriptionVariables>;
export const UnitQueueDocument = new TypedDocumentString(`
    subscription UnitQueue($unitId: ID!, $first: Int) {
  unitQueue(unitId: $unitId, first: $first) {
    waiting
    entries {
      ...QueuePlace
    }
  }
}
    fragment QueuePlace on QueueEntry {
  caseId
  position
  priority
  complaint
  enteredAt
  targetAt
  answerDueAt
  dueSoon
  redFlag
}`) as unknown as TypedDocumentString<UnitQueueSubscription, UnitQueueSubscriptionVariables>;
export const ClaimNextCaseDocument = new TypedDocumentString(`
    mutation ClaimNextCase($input: ClaimNextCaseInput!) {
  claimNextCase(input: $input) {
    careCase {
      ...CareCaseCard
      patient {
        ...PersonName
        age
      }
      triage {
        ...TriageView
      }
    }
    refusal {
      ...RefusalText
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Question on QuestionnaireItem {
  linkId
  type
  text
  required
  repeats
  minValue
  maxValue
  maxLength
  unit
  options {
    code
    text
    exclusive
  }
}
fragment TriageView on Triage {
  questionnaire {
    id
    title
  }
  progress {
    answered
    asked
    complete
  }
  answers {
    linkId
    question
    display
    counts
  }
  nextItems {
    ...Question
  }
  assessment {
    ...Assessment
  }
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}
fragment PersonName on Patient {
  id
  displayName
}`) as unknown as TypedDocumentString<ClaimNextCaseMutation, ClaimNextCaseMutationVariables>;
export const ReleaseCaseDocument = new TypedDocumentString(`
    mutation ReleaseCase($input: ReleaseCaseInput!) {
  releaseCase(input: $input) {
    careCase {
      ...CareCaseCard
    }
    refusal {
      ...RefusalText
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`) as unknown as TypedDocumentString<ReleaseCaseMutation, ReleaseCaseMutationVariables>;
export const ReprioritiseCaseDocument = new TypedDocumentString(`
    mutation ReprioritiseCase($input: ReprioritiseCaseInput!) {
  reprioritiseCase(input: $input) {
    careCase {
      ...CareCaseCard
    }
    refusal {
      ...RefusalText
    }
  }
}
    fragment CareUnitName on CareUnit {
  id
  hsaId
  name
  kind
}
fragment RedFlagTold on RedFlag {
  raisedAt
  assessment {
    ...Assessment
  }
}
fragment CareCaseCard on CareCase {
  id
  status
  complaint
  outcome
  priority
  isOngoing
  redFlag {
    ...RedFlagTold
  }
  openedAt
  answerDueAt
  unit {
    ...CareUnitName
  }
  responder {
    ...CareUnitName
  }
}
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
fragment Assessment on TriageAssessment {
  outcome
  reason
  instructions
  advice
  phoneNumber
}`) as unknown as TypedDocumentString<ReprioritiseCaseMutation, ReprioritiseCaseMutationVariables>;