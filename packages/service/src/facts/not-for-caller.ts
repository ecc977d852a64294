/** A genuine process asked for what is not for it: 403, and logged. */
export class NotForCaller extends Error {
  constructor(
    readonly what: string,
    readonly caller: string,
  ) {
    super(`${what} is not for ${caller}`)
  }
}
