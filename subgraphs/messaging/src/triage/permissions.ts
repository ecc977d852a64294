import { allow, type IRules, isAuthenticated, isPatient } from '@vardgraf/access'

/** WHO may, of triage. What belongs to a case is reached through the case alone, whose own rule guards `CareCase.triage`. */
export const triagePermissions: { Query: object; Mutation: object; types: IRules } = {
  Query: { questionnaires: isAuthenticated },
  Mutation: { startTriage: isPatient, answerTriage: isPatient, completeTriage: isPatient },
  types: {
    Questionnaire: isAuthenticated,
    QuestionnaireItem: allow,
    QuestionOption: allow,
    QuestionnaireConnection: allow,
    QuestionnaireEdge: allow,
    Triage: allow,
    TriageAnswer: allow,
    TriageAssessment: allow,
    TriageProgress: allow,
    TriageIncomplete: allow,
    OpenCaseExists: allow,
    AnswerError: allow,
    StartTriagePayload: allow,
    AnswerTriagePayload: allow,
    CompleteTriagePayload: allow,
  },
}
