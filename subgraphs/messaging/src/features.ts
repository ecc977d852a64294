import { type Feature, GeneralRefusal } from '@vardgraf/service'
import { CareCaseRedFlagResolver, CaseAlertResolver } from './alerts/resolvers.js'
import { CareCaseResolver, CareUnitCasesResolver, PatientCasesResolver } from './cases/resolvers.js'
import { CareCaseMessagesResolver, ChatMessageResolver } from './chat/resolvers.js'
import { NoOngoingCase } from './chat/schema.js'
import type { Context } from './context.js'
import { permissions } from './permissions.js'
import { references } from './references.js'
import { CareCaseTriageResolver, QuestionnaireResolver, TriageMutations } from './triage/resolvers.js'
import { OpenCaseExists, TriageIncomplete } from './triage/schema.js'
import {
  CareCaseWaitingRoomResolver,
  CareUnitWaitingRoomResolver,
  QueueEntryResolver,
  UnitQueueResolver,
  WaitingRoomMutations,
  WaitingRoomPositionResolver,
} from './waiting-room/resolvers.js'

/** The graph of this subgraph: what it answers, and to whom. */
export const features: readonly Feature<Context, object>[] = [
  {
    resolvers: [
      QuestionnaireResolver,
      TriageMutations,
      CareCaseTriageResolver,
      CareCaseResolver,
      PatientCasesResolver,
      CareUnitCasesResolver,
      WaitingRoomMutations,
      WaitingRoomPositionResolver,
      CareCaseWaitingRoomResolver,
      QueueEntryResolver,
      UnitQueueResolver,
      CareUnitWaitingRoomResolver,
      ChatMessageResolver,
      CareCaseMessagesResolver,
      CaseAlertResolver,
      CareCaseRedFlagResolver,
    ],
    types: [GeneralRefusal, NoOngoingCase, TriageIncomplete, OpenCaseExists],
    references,
    permissions,
  },
]
