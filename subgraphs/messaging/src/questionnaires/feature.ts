import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { QuestionnaireResolver, questionnaireReference } from './resolvers.js'

/** What can be asked, and which outcome rules decide on the answers. */
export const questionnaires: Feature<Context, Services> = {
  resolvers: [QuestionnaireResolver],
  references: { Questionnaire: questionnaireReference },
}
