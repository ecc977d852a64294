import { type Feature, GeneralRefusal } from '@vardgraf/service'
import { CaseAlertResolver } from './alerts/resolvers.js'
import { CareCaseResolver, CareUnitCasesResolver, PatientCasesResolver } from './cases/resolvers.js'
import { NoOngoingCase } from './chat/payloads.js'
import { CareCaseMessagesResolver, ChatMessageResolver } from './chat/resolvers.js'
import type { Context } from './context.js'
import { permissions } from './permissions.js'
import { QuestionnaireResolver } from './questionnaires/resolvers.js'
import { references } from './references.js'
import { TriageMutations } from './triage/mutations.js'
import { OpenCaseExists, TriageIncomplete } from './triage/payloads.js'
import { CareCaseRedFlagResolver, CareCaseTriageResolver } from './triage/resolvers.js'
import { WaitingRoomMutations } from './waiting-room/mutations.js'

import {
  CareCaseWaitingRoomResolver,
  CareUnitWaitingRoomResolver,
  QueueEntryResolver,
  UnitQueueResolver,
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
