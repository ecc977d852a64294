/** What a stable code means. `rule` is the id in the domain text; `sv` and `en` are shown to people and may be reworded, the code may not. */
export interface CodeEntry {
  rule?: string
  /** Status when the error makes a whole HTTP request fail; errors inside a response are sent with 200. */
  http?: number
  /** The same request can succeed when it is sent again. With the same idempotency key it is carried out only once. */
  retryable?: true
  sv: string
  en: string
  /** What the person can do about it, if anything. */
  unlock?: { sv: string; en: string }
}

/** Every code that leaves the graph, published as `Query.errorCodes`. Add a row; never rename one. */
export const codes = {
  // Of the request itself
  BAD_USER_INPUT: { sv: 'Uppgifterna i anropet stämmer inte.', en: 'The input is not valid.' },
  GRAPHQL_PARSE_FAILED: { http: 400, sv: 'Frågan kunde inte tolkas.', en: 'The document could not be parsed.' },
  GRAPHQL_VALIDATION_FAILED: { http: 400, sv: 'Frågan passar inte grafens schema.', en: 'The document does not fit the schema.' },
  BAD_REQUEST: { http: 400, sv: 'Anropet är inte giltigt.', en: 'The request is not valid.' },
  OPERATION_TOO_LARGE: { http: 400, sv: 'Frågan är för stor.', en: 'The operation is too large.' },
  OPERATION_TOO_DEEP: { http: 400, sv: 'Frågan är för djup.', en: 'The operation is too deep.' },
  OPERATION_TOO_COMPLEX: { http: 400, sv: 'Frågan är för omfattande.', en: 'The operation asks for too much.' },
  INTROSPECTION_DISABLED: { http: 400, sv: 'Schemat kan inte läsas här.', en: 'Introspection is switched off here.' },
  // Of the login and of access
  UNAUTHENTICATED: {
    http: 401,
    rule: 'R28',
    sv: 'Inloggningen saknas eller gäller inte längre.',
    en: 'The login is missing or no longer valid.',
    unlock: { sv: 'Logga in med e-legitimation.', en: 'Log in with e-ID.' },
  },
  FORBIDDEN: { rule: 'A7', sv: 'Det här får du inte göra.', en: 'You are not allowed to do this.' },
  NOT_FOUND: { rule: 'A7', sv: 'Det finns inte, eller så får du inte se det.', en: 'It does not exist, or you may not see it.' },
  ACCESS_ENDED: { rule: 'A6', sv: 'Du har inte längre tillgång till det här.', en: 'You no longer have access to this.' },
  SESSION_ENDED: {
    rule: 'R28',
    sv: 'Inloggningen har gått ut.',
    en: 'The login has expired.',
    unlock: { sv: 'Logga in igen.', en: 'Log in again.' },
  },
  // Of persons
  REGION_UNKNOWN: {
    rule: 'R28',
    sv: 'Reglerna för patientens region är inte kända här.',
    en: 'The rules of the patient’s region are not known here.',
    unlock: {
      sv: 'Lista dig på en vårdcentral, eller försök igen när folkbokföringens uppgifter har kommit.',
      en: 'List yourself at a health centre, or try again when your address has come from the population register.',
    },
  },
  // Of cases, the waiting room and the chat
  NO_ONGOING_CASE: {
    rule: 'R13',
    sv: 'Ärendet är inte pågående. Du kan skriva till den mottagning du vill genom 1177.',
    en: 'The case is not ongoing. You can write to the clinic of your choice through 1177.',
    unlock: {
      sv: 'Skriv till mottagningen genom 1177, eller starta ett nytt ärende.',
      en: 'Write to the clinic through 1177, or start a new case.',
    },
  },
  CHAT_NOT_OPEN: {
    rule: 'R34',
    sv: 'Chatten öppnar när vården har svarat.',
    en: 'The chat opens when staff have answered.',
    unlock: { sv: 'Vänta på svaret: du får ett sms.', en: 'Wait for the answer: you will get an SMS.' },
  },
  QUEUE_EMPTY: {
    rule: 'R32',
    sv: 'Ingen väntar just nu.',
    en: 'Nobody is waiting now.',
    unlock: {
      sv: 'Följ enhetens kö, och ta nästa ärende när någon väntar.',
      en: 'Follow the unit’s queue, and claim a case when one is waiting.',
    },
  },
  CASE_NOT_WAITING: {
    rule: 'R32',
    sv: 'Ärendet väntar inte längre i väntrummet.',
    en: 'The case is no longer in the waiting room.',
    unlock: {
      sv: 'Vården har börjat med ärendet, eller det är avslutat. Fortsätt i chatten när den är öppen, eller starta ett nytt ärende.',
      en: 'Staff have begun with the case, or it has ended. Continue in the chat when it is open, or start a new case.',
    },
  },
  CLAIMED_CASE_ENDED: {
    rule: 'R32',
    sv: 'Ärendet som togs med den här nyckeln är avslutat.',
    en: 'The case that was claimed with this key has ended.',
    unlock: { sv: 'Ta nästa ärende med en ny nyckel.', en: 'Claim the next case with a new key.' },
  },
  CASE_NOT_ASSIGNED: {
    rule: 'R33',
    sv: 'Ärendet är inte tilldelat dig.',
    en: 'The case is not assigned to you.',
    unlock: { sv: 'Ta ärendet ur kön först.', en: 'Claim the case from the queue first.' },
  },
  RED_FLAG_RAISED: {
    rule: 'R31',
    sv: 'Patienten har uppmanats att ringa 112: ärendet är akut och kan inte lämnas tillbaka till kön.',
    en: 'The patient has been told to call 112: the case is acute and cannot be released to the queue.',
    unlock: {
      sv: 'Ta ärendet ur kön om det väntar; svara sedan patienten, eller avsluta ärendet.',
      en: 'Claim the case if it waits; then answer the patient, or close it.',
    },
  },
  CASE_NOT_ANSWERED: {
    rule: 'R33',
    sv: 'Ärendet har inte fått något svar än.',
    en: 'The case has not been answered yet.',
    unlock: { sv: 'Svara först, eller lämna tillbaka ärendet till kön.', en: 'Answer it first, or release it to the queue.' },
  },
  // Of triage
  CASE_ALREADY_OPEN: {
    rule: 'R25',
    sv: 'Patienten har redan ett öppet ärende om det här. Ring 112 om det är akut.',
    en: 'The patient has an open case about this already. Call 112 in an emergency.',
    unlock: {
      sv: 'Svara på frågorna på nytt i det ärendet, skriv i dess chatt om den är öppen, eller lämna det och starta ett nytt om vården inte har börjat med det. Ring 1177 om du inte kan vänta.',
      en: 'Answer the questions of that case again, write in its chat if it is open, or leave it and start a new one if staff have not begun with it. Call 1177 if you cannot wait.',
    },
  },
  TOO_MANY_OPEN_CASES: {
    rule: 'R25',
    sv: 'Patienten har redan så många öppna ärenden som är tillåtet. Ring 112 om det är akut.',
    en: 'The patient already has the highest number of open cases allowed. Call 112 in an emergency.',
    unlock: {
      sv: 'Gå vidare i ett av ärendena, skriv i dess chatt om den är öppen, eller lämna ett som vården inte har börjat med. Ring 1177 om du behöver råd.',
      en: 'Continue with one of the cases, write in its chat if it is open, or leave one that staff have not begun with. Call 1177 if you need advice.',
    },
  },
  TOO_MANY_ANSWERS: {
    rule: 'R30',
    sv: 'Ärendet tar inte emot fler svar. Ring 112 om det är akut.',
    en: 'The case takes no more answers. Call 112 in an emergency.',
    unlock: {
      sv: 'Skriv i chatten om den är öppen, eller lämna ärendet och starta ett nytt om vården inte har börjat med det. Ring 1177 om du inte kan vänta.',
      en: 'Write in the chat if it is open, or leave the case and start a new one if staff have not begun with it. Call 1177 if you cannot wait.',
    },
  },
  ENTRY_CHANNEL_NOT_OPEN: {
    rule: 'R29',
    sv: 'Ärenden kan inte startas med knappval i telefonen än.',
    en: 'Cases cannot be started by pressing a key on the phone yet.',
    unlock: {
      sv: 'Starta från 1177.se, vårdcentralens kontaktkort eller appen.',
      en: 'Start from 1177.se, the health centre’s contact card or the app.',
    },
  },
  UNIT_NEEDED: {
    rule: 'R26',
    sv: 'Patienten är inte listad på någon vårdcentral.',
    en: 'The patient is not listed at any health centre.',
    unlock: { sv: 'Välj en vårdcentral.', en: 'Choose a health centre.' },
  },
  UNIT_WITHOUT_TRIAGE: {
    rule: 'R26',
    sv: 'Där går det inte att starta ett ärende genom att svara på frågor.',
    en: 'A case cannot be started there by answering questions.',
    unlock: { sv: 'Välj en vårdcentral eller 1177.', en: 'Choose a health centre or 1177.' },
  },
  QUESTIONNAIRE_UNKNOWN: {
    rule: 'R30',
    sv: 'Frågorna finns inte, eller används inte längre.',
    en: 'These questions do not exist, or are no longer in use.',
    unlock: { sv: 'Välj bland de frågor som erbjuds.', en: 'Choose among the questions that are offered.' },
  },
  QUESTIONNAIRE_NOT_FOR_AGE: {
    rule: 'R30',
    sv: 'Frågorna är inte avsedda för patientens ålder.',
    en: 'The questions are not meant for the patient’s age.',
    unlock: { sv: 'Välj frågor som passar åldern.', en: 'Choose questions that suit the age.' },
  },
  TRIAGE_INCOMPLETE: {
    rule: 'R30',
    sv: 'Det finns frågor kvar att svara på.',
    en: 'There are questions left to answer.',
    unlock: { sv: 'Svara på frågorna som är kvar.', en: 'Answer the questions that are left.' },
  },
  TRIAGE_ENDED: {
    rule: 'R30',
    sv: 'Det går inte längre att svara på frågor i det här ärendet.',
    en: 'No more questions can be answered in this case.',
    unlock: {
      sv: 'Skriv i chatten om den är öppen, eller starta ett nytt ärende. Ring 112 om det är akut.',
      en: 'Write in the chat if it is open, or start a new case. Call 112 in an emergency.',
    },
  },
  // Of visits
  CASE_NOT_ONGOING: {
    rule: 'R36',
    sv: 'Ärendet är inte pågående: inget besök kan bokas från det.',
    en: 'The case is not ongoing: no visit can be booked from it.',
    unlock: {
      sv: 'Ta ärendet ur kön eller låt patienten starta ett nytt.',
      en: 'Claim the case, or let the patient start a new one.',
    },
  },
  VISIT_IN_THE_PAST: {
    rule: 'R36',
    sv: 'Besöket måste börja framåt i tiden.',
    en: 'The visit must start in the future.',
    unlock: { sv: 'Välj en senare tid.', en: 'Choose a later time.' },
  },
  VISIT_TOO_FAR_AHEAD: {
    rule: 'R36',
    sv: 'Ett besök kan bokas högst två år framåt.',
    en: 'A visit can be booked at most two years ahead.',
    unlock: { sv: 'Välj en tidigare tid.', en: 'Choose an earlier time.' },
  },
  VISIT_LENGTH_OUT_OF_BOUNDS: {
    rule: 'R36',
    sv: 'Ett besök är 5 till 240 minuter långt.',
    en: 'A visit is 5 to 240 minutes long.',
    unlock: { sv: 'Välj en annan längd.', en: 'Choose another length.' },
  },
  NO_UNIT_FOR_VISIT: {
    rule: 'R36',
    sv: 'Ärendet startades hos 1177 och patienten är inte listad på någon vårdcentral: det finns ingen enhet att boka besöket på.',
    en: 'The case was started at 1177 and the patient is not listed at any health centre, so there is no unit to book the visit at.',
    unlock: {
      sv: 'Låt patienten lista sig på en vårdcentral, eller starta ett ärende hos den vårdcentral hen väljer.',
      en: 'Let the patient list herself at a health centre, or start a case at the health centre of her choice.',
    },
  },
  VISIT_OVERLAPS: {
    rule: 'R36',
    sv: 'Patienten har redan ett besök hos enheten den tiden.',
    en: 'The patient already has a visit at the unit at that time.',
    unlock: { sv: 'Välj en annan tid.', en: 'Choose another time.' },
  },
  IDEMPOTENCY_KEY_REUSED: {
    rule: 'A7',
    sv: 'Nyckeln har redan använts för något annat.',
    en: 'The key has been used for something else already.',
    unlock: { sv: 'Använd en ny nyckel för varje ny begäran.', en: 'Use a new key for each new request.' },
  },
  POLICY_NOT_IN_FORCE: {
    sv: 'Regionen har inga regler som gäller det datumet.',
    en: 'The region has no policy in force on that date.',
    unlock: {
      sv: 'Välj ett senare datum. Den som driver tjänsten behöver lägga till ett regelpaket för regionen, eller rätta klockan.',
      en: 'Choose a later date. The operator of the service must add a policy pack for the region, or correct the clock.',
    },
  },
  // Of the system
  TRY_AGAIN_LATER: {
    http: 503,
    retryable: true,
    sv: 'Tjänsten kan inte svara just nu. Försök igen om en stund. Ring 112 om det är akut.',
    en: 'The service cannot answer now. Try again in a moment. Call 112 in an emergency.',
  },
  LOGIN_UNAVAILABLE: {
    http: 503,
    retryable: true,
    sv: 'Inloggningen kan inte kontrolleras just nu. Försök igen.',
    en: 'The login cannot be checked now. Try again.',
  },
  FACTS_UNAVAILABLE: {
    retryable: true,
    sv: 'Uppgifter som behövs kan inte hämtas just nu. Försök igen. Ring 112 om det är akut.',
    en: 'Information that is needed cannot be read now. Try again. Call 112 in an emergency.',
  },
  SUBGRAPH_UNAVAILABLE: {
    retryable: true,
    sv: 'En del av tjänsten svarar inte just nu. Ring 112 om det är akut.',
    en: 'A part of the service does not answer now. Call 112 in an emergency.',
  },
  SUBGRAPH_TIMEOUT: {
    retryable: true,
    sv: 'En del av tjänsten svarade inte i tid. Ring 112 om det är akut.',
    en: 'A part of the service did not answer in time. Call 112 in an emergency.',
  },
  // Of live streams; docs/streams.md says after which of them a client reconnects
  TOO_MANY_OPERATIONS: {
    sv: 'För många samtidiga frågor.',
    en: 'Too many operations at once.',
    unlock: { sv: 'Avsluta en av dem först.', en: 'End one of them first.' },
  },
  STREAM_OVERLOADED: {
    retryable: true,
    sv: 'Händelserna kom snabbare än de kunde skickas. Fortsätt från den senaste.',
    en: 'The events came faster than they could be sent. Resume from the last one.',
  },
  SERVICE_RESTART: {
    retryable: true,
    sv: 'Tjänsten startar om. Anslut igen om en stund.',
    en: 'The service is restarting. Connect again in a moment.',
  },
  CONFLICT: {
    sv: 'Någon annan hann ändra detta. Läs om och försök igen.',
    en: 'Somebody else changed this first. Read it again and retry.',
  },
  INTERNAL: { http: 500, sv: 'Något gick fel hos oss.', en: 'Something went wrong on our side.' },
} as const satisfies Record<string, CodeEntry>

export type ErrorCode = keyof typeof codes
export type Language = 'sv' | 'en'

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(codes, code)

/** The entry of a code, typed so that its optional fields can be read. */
export const entryOf = (code: ErrorCode): CodeEntry => codes[code]

/** Text for people in their language. */
export const textOf = (code: ErrorCode, language: Language): string => codes[code][language]
