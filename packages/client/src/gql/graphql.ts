/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A visit to book from an ongoing case. [R36] */
export type BookVisitFromCaseInput = {
  /** The case; it is at the unit of who books. */
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

export type VisitCardFragment = { id: string, startsAt: string, endsAt: string, channel: VisitChannel, status: VisitStatus, profession: Profession, visitType: { code: VisitTypeCode, name: string }, unit: { id: string, name: string } | null, cancelDeadline: { at: string, source: CancelDeadlineSource }, joinWindow: { opensAt: string, closesAt: string } | null, feeQuote: { amountOre: number, explanation: string } | null } & { ' $fragmentName'?: 'VisitCardFragment' };

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


export type BookVisitFromCaseMutation = { bookVisitFromCase: { visit: { ' $fragmentRefs'?: { 'VisitCardFragment': VisitCardFragment } } | null, refusal: { ' $fragmentRefs'?: { 'RefusalTextFragment': RefusalTextFragment } } | null } };

export type RefusalTextFragment = { __typename: 'GeneralRefusal', code: string, rule: string | null, message: string, unlock: string | null } & { ' $fragmentName'?: 'RefusalTextFragment' };

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
export const VisitCardFragmentDoc = new TypedDocumentString(`
    fragment VisitCard on Visit {
  id
  startsAt
  endsAt
  channel
  status
  profession
  visitType {
    code
    name
  }
  unit {
    id
    name
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
export const RefusalTextFragmentDoc = new TypedDocumentString(`
    fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}
    `, {"fragmentName":"RefusalText"}) as unknown as TypedDocumentString<RefusalTextFragment, unknown>;
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
  profession
  visitType {
    code
    name
  }
  unit {
    id
    name
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
    refusal {
      ...RefusalText
    }
  }
}
    fragment VisitCard on Visit {
  id
  startsAt
  endsAt
  channel
  status
  profession
  visitType {
    code
    name
  }
  unit {
    id
    name
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
fragment RefusalText on Refusal {
  __typename
  code
  rule
  message
  unlock
}`) as unknown as TypedDocumentString<BookVisitFromCaseMutation, BookVisitFromCaseMutationVariables>;