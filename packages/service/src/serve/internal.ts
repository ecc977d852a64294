import type { ServiceName } from '@vardgraf/manifest'

/** An endpoint for our own processes. */
export interface InternalEndpoint {
  /** Who may call it: others get a 403, and are logged. */
  callers: readonly ServiceName[]
  /** Gets the body as JSON, answers JSON.
   *  @throws RangeError for a request that cannot be answered (400)
   *  @throws NotForCaller for a part of it that is not for the caller (403) */
  answer(body: unknown, caller: string): Promise<object>
}
