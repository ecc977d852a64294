/** An error as the log has it. */
interface LoggedError {
  type: string
  message: string
  code?: string
  /** Of the database: which constraint of which table. */
  table?: string
  constraint?: string
  /** Where it was thrown: frames alone, since a stack opens with the message. */
  stack?: string
  causes?: LoggedError[]
}

const MAX_CAUSES = 5

/**
 * What of an error may be logged. Errors carry values: PostgreSQL's `detail` the whole row that failed, Prisma's message the arguments of
 * the call, `JSON.parse`'s a piece of the text, undici's a body. So only a few properties are passed on.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is not an Error was thrown' }
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown }
  const stack = error.stack?.match(/^ {4}at .*$/gm)?.join('\n')
  const causes = causesOf(error)
  return {
    type: error.name === 'Error' || error.name === 'error' ? error.constructor.name : error.name,
    message: withoutValues(error),
    ...(typeof code === 'string' && { code }),
    ...(typeof table === 'string' && { table }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(stack && { stack }),
    ...(causes.length > 0 && { causes: causes.slice(0, MAX_CAUSES).map(loggedError) }),
  }
}

/** The message without the values that are known to stand in it. */
function withoutValues(error: Error): string {
  // `Unexpected token 'x', ..."text around"... is not valid JSON`
  if (error instanceof SyntaxError) return error.message.replace(/, (\.\.\.)?"[\s\S]*$/, ', …')
  // Prisma: what went wrong is in the last line, the call with its arguments before it.
  const message = error.name.startsWith('PrismaClient') ? (error.message.trim().split('\n').at(-1) ?? '') : error.message
  // PostgreSQL: `invalid input syntax for type uuid: "value"`
  return message.replace(/: "[\s\S]*"/, ': "…"')
}

const causesOf = (error: Error): unknown[] => [
  ...(error instanceof AggregateError ? error.errors : []),
  ...(error.cause === undefined ? [] : [error.cause]),
]
