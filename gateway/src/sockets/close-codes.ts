/** Why the gateway closes a socket. docs/streams.md has the same table; a test compares the two. */
export interface CloseReason {
  code: number
  /** Whether npm `graphql-ws`, as a client, connects again by itself after this code; it decides by number. */
  retried: boolean
  meaning: string
}

export const closeReasons = {
  SERVICE_RESTART: { code: 1012, retried: true, meaning: 'The gateway stops; connect again after `retryAfterMs` in the reason.' },
  TRY_AGAIN_LATER: { code: 1013, retried: true, meaning: 'The login cannot be checked now: the issuer does not answer.' },
  BAD_REQUEST: { code: 4400, retried: false, meaning: 'A frame that is not a message of the protocol.' },
  UNAUTHENTICATED: {
    code: 4401,
    retried: false,
    meaning: 'The token is forged, expired or meant for others; or an operation came before the acknowledgement.',
  },
  FORBIDDEN: { code: 4403, retried: true, meaning: 'The login is genuine but may not be used here.' },
  SUBPROTOCOL_NOT_ACCEPTABLE: { code: 4406, retried: false, meaning: 'The client does not speak `graphql-transport-ws`.' },
  INIT_TIMEOUT: { code: 4408, retried: true, meaning: 'No `connection_init` in time.' },
  SUBSCRIBER_ALREADY_EXISTS: { code: 4409, retried: false, meaning: 'Two live operations with the same id.' },
  TOO_MANY_INIT_REQUESTS: { code: 4429, retried: false, meaning: 'A second `connection_init`.' },
  TOO_MANY_SOCKETS: {
    code: 4430,
    retried: true,
    meaning: 'The viewer, or without login the address, has as many sockets open as it may: close one.',
  },
  TOKEN_EXPIRED: {
    code: 4440,
    retried: true,
    meaning: 'The access token has expired, or its key was withdrawn; connect again with a new one.',
  },
  IDLE: {
    code: 4441,
    retried: true,
    meaning: 'An anonymous socket without an operation; connect when there is something to ask.',
  },
  SLOW_CONSUMER: {
    code: 4442,
    retried: true,
    meaning: 'The client stopped reading; connect again and resume from the cursor.',
  },
  INTERNAL: { code: 4500, retried: false, meaning: 'Something went wrong in the gateway.' },
} as const satisfies Record<string, CloseReason>

export type CloseName = keyof typeof closeReasons
