/** What a change of a case wakes: the live streams that listen. */
export const topics = {
  case: (caseId: string) => `case:${caseId}`,
  chat: (caseId: string) => `chat:${caseId}`,
  queue: (unitId: string) => `queue:${unitId}`,
}
