import { allow, givesCare, type IRules, isAuthenticated, isPatient, isStaff, objectRule, seesQueue } from '@vardgraf/access'
import { maySeeCase } from './cases/access.js'
import type { CareCase } from './cases/schema.js'
import type { ChatMessage } from './chat/schema.js'
import type { Context } from './context.js'
import { triagePermissions } from './triage/permissions.js'

/** Holds wherever a case comes from: query, list, payload, stream or reference. [A1, A3, R20, R23] */
const seesCase = objectRule<CareCase, Context>('seesCase', ({ row }, ctx) => maySeeCase(ctx, row))

/** Whoever sees the case sees its chat, also when the case has ended. [R13, R14] */
const seesCaseOfMessage = objectRule<ChatMessage, Context>('seesCaseOfMessage', async ({ row }, ctx) => {
  const careCase = await ctx.loaders.caseById.load(row.caseId)
  return careCase !== null && maySeeCase(ctx, careCase)
})

/** WHO may: every type of the schema is listed, and what is not listed is denied. Streams check for themselves, at every event. */
export const permissions: IRules = {
  Query: { careCase: isAuthenticated, ...triagePermissions.Query },
  Mutation: {
    abandonCase: isPatient,
    claimNextCase: givesCare,
    // They name a case: staff who may not see it are told so by the case's own door, which logs the attempt. [A3]
    releaseCase: isStaff,
    reprioritiseCase: isStaff,
    answerCase: isStaff,
    sendMessage: isAuthenticated,
    closeCase: isStaff,
    ...triagePermissions.Mutation,
  },
  Subscription: {
    waitingRoomPosition: isPatient,
    unitQueue: seesQueue,
    chatMessages: isAuthenticated,
    caseAlerts: givesCare,
  },
  CareCase: seesCase,
  CareCaseConnection: allow,
  CareCaseEdge: allow,
  ChatMessage: seesCaseOfMessage,
  ChatMessageConnection: allow,
  ChatMessageEdge: allow,
  CaseAlert: givesCare,
  CaseAlertEdge: allow,
  // Reached through the case alone.
  RedFlag: allow,
  WaitingRoomPosition: allow,
  QueueEntry: seesQueue,
  QueueEntryConnection: allow,
  QueueEntryEdge: allow,
  UnitQueue: seesQueue,
  PageInfo: allow,
  AbandonCasePayload: allow,
  ClaimNextCasePayload: allow,
  ReleaseCasePayload: allow,
  ReprioritiseCasePayload: allow,
  AnswerCasePayload: allow,
  SendMessagePayload: allow,
  CloseCasePayload: allow,
  GeneralRefusal: allow,
  NoOngoingCase: allow,
  // Ids that the viewer has been given, or brings along; their lists decide for themselves.
  Patient: { id: allow, careCases: isAuthenticated },
  CareUnit: { id: allow, waitingRoom: seesQueue, casesInHand: isStaff },
  Staff: { id: allow },
  ...(triagePermissions.types as object),
}
