import type { StaffRole } from '@vardgraf/viewer'
import { Temporal } from 'temporal-polyfill'
import { inventedCoordinationNumber, inventedNumber } from './personal-identity-number.js'

/** When a test person was born, seen from the day the data is loaded: so that she is as old as the table says, whatever the year. */
type Born = { age: number; monthDay: string } | { turns: number; inDays: number }

type PersonTemplate = {
  key: string
  /** Last digits of the id and of the phone number. */
  nn: number
  serial: number
  givenName: string
  familyName: string
  born: Born
  region: 'vastmanland' | 'vastra-gotaland'
  listedUnitId: string | null
  protectedIdentity?: true
  /** A description for the README's table and the login page. */
  en: string
  sv: string
}

const healthCentre1 = 'SE2321000172-H001'
const healthCentre2 = 'SE2321000172-H002'
const vgrHealthCentre1 = 'SE2321000131-H001'
const inVastmanland = { region: 'vastmanland', listedUnitId: healthCentre1 } as const

const templates: PersonTemplate[] = [
  {
    key: 'astrid',
    nn: 1,
    serial: 980,
    givenName: 'Astrid',
    familyName: 'Ask',
    born: { age: 34, monthDay: '03-14' },
    ...inVastmanland,
    en: 'adult',
    sv: 'vuxen',
  },
  {
    key: 'birger',
    nn: 2,
    serial: 981,
    givenName: 'Birger',
    familyName: 'Björk',
    born: { age: 85, monthDay: '02-08' },
    ...inVastmanland,
    en: 'adult of 85',
    sv: 'vuxen, 85 år',
  },
  {
    key: 'gunilla',
    nn: 3,
    serial: 982,
    givenName: 'Gunilla',
    familyName: 'Gran',
    born: { age: 41, monthDay: '09-02' },
    ...inVastmanland,
    en: 'guardian of tuva, lo and signe',
    sv: 'vårdnadshavare för Tuva, Lo och Signe',
  },
  {
    key: 'goran',
    nn: 4,
    serial: 983,
    givenName: 'Göran',
    familyName: 'Gran',
    born: { age: 43, monthDay: '01-19' },
    ...inVastmanland,
    listedUnitId: healthCentre2,
    en: 'second guardian of tuva',
    sv: 'Tuvas andra vårdnadshavare',
  },
  {
    key: 'tuva',
    nn: 5,
    serial: 984,
    givenName: 'Tuva',
    familyName: 'Gran',
    born: { turns: 13, inDays: 5 },
    ...inVastmanland,
    en: 'child of 12, turns 13 five days after the data was loaded',
    sv: 'barn, 12 år, fyller 13 fem dagar efter inläsningen',
  },
  {
    key: 'lo',
    nn: 6,
    serial: 985,
    givenName: 'Lo',
    familyName: 'Gran',
    born: { age: 4, monthDay: '05-05' },
    ...inVastmanland,
    en: 'child under 6',
    sv: 'barn under 6 år',
  },
  {
    key: 'signe',
    nn: 7,
    serial: 986,
    givenName: 'Signe',
    familyName: 'Gran',
    born: { age: 13, monthDay: '04-20' },
    ...inVastmanland,
    en: 'young person of 13',
    sv: 'ungdom, 13 år',
  },
  {
    key: 'malte',
    nn: 8,
    serial: 987,
    givenName: 'Malte',
    familyName: 'Måne',
    born: { age: 17, monthDay: '06-30' },
    ...inVastmanland,
    listedUnitId: healthCentre2,
    en: 'young person of 17',
    sv: 'ungdom, 17 år',
  },
  {
    key: 'elliot',
    nn: 9,
    serial: 989,
    givenName: 'Elliot',
    familyName: 'Ek',
    born: { age: 23, monthDay: '08-12' },
    ...inVastmanland,
    listedUnitId: healthCentre2,
    en: 'young adult of 23',
    sv: 'ung vuxen, 23 år',
  },
  {
    key: 'pia',
    nn: 10,
    serial: 988,
    givenName: 'Pia',
    familyName: 'Poppel',
    born: { age: 38, monthDay: '10-10' },
    ...inVastmanland,
    protectedIdentity: true,
    en: 'adult with protected identity',
    sv: 'vuxen med skyddade personuppgifter',
  },
  {
    key: 'vera',
    nn: 11,
    serial: 990,
    givenName: 'Vera',
    familyName: 'Våg',
    born: { age: 29, monthDay: '07-07' },
    region: 'vastra-gotaland',
    listedUnitId: vgrHealthCentre1,
    en: 'adult in Västra Götaland',
    sv: 'vuxen i Västra Götaland',
  },
  {
    key: 'frida',
    nn: 12,
    serial: 992,
    givenName: 'Frida',
    familyName: 'Fors',
    born: { age: 33, monthDay: '11-05' },
    ...inVastmanland,
    en: 'adult, waits from the start',
    sv: 'vuxen, i väntrummet från start',
  },
  {
    key: 'gustav',
    nn: 13,
    serial: 993,
    givenName: 'Gustav',
    familyName: 'Gullvik',
    born: { age: 58, monthDay: '04-17' },
    ...inVastmanland,
    en: 'adult, waits from the start',
    sv: 'vuxen, i väntrummet från start',
  },
  {
    key: 'hanna',
    nn: 14,
    serial: 994,
    givenName: 'Hanna',
    familyName: 'Hassel',
    born: { age: 27, monthDay: '12-01' },
    ...inVastmanland,
    en: 'adult, waits from the start',
    sv: 'vuxen, i väntrummet från start',
  },
  {
    key: 'ivar',
    nn: 15,
    serial: 995,
    givenName: 'Ivar',
    familyName: 'Ivarsson',
    born: { age: 63, monthDay: '03-30' },
    ...inVastmanland,
    en: 'adult, acute, waits at 1177 from the start',
    sv: 'vuxen, akut ärende, i väntrummet hos 1177 från start',
  },
]

/** A test person as patients' loader takes her, with what the e-ID and the README need beside it. */
export type PersonData = {
  key: string
  id: string
  personalIdentityNumber: string
  givenName: string
  familyName: string
  birthDate: string
  protectedIdentity: boolean
  phone: string
  street: string
  postalCode: string
  city: string
  region: 'vastmanland' | 'vastra-gotaland'
  listedUnitId: string | null
  en: string
  sv: string
}

/** The test persons as of the day the data was loaded, `YYYY-MM-DD`. */
export function personsOf(loadedOn: string): PersonData[] {
  return templates.map(({ nn, serial, born, ...template }) => {
    const birthDate = birthDateOf(born, loadedOn)
    return {
      ...template,
      id: `00000000-0000-7000-8000-${String(nn).padStart(12, '0')}`,
      personalIdentityNumber: inventedNumber(birthDate, serial),
      birthDate,
      protectedIdentity: template.protectedIdentity ?? false,
      phone: `+46${701740604 + nn}`,
      street: `Påhittade vägen ${nn}`,
      postalCode: '000 00',
      city: template.region === 'vastmanland' ? 'Västerås' : 'Göteborg',
    }
  })
}

function birthDateOf(born: Born, loadedOn: string): string {
  const today = Temporal.PlainDate.from(loadedOn)
  if ('turns' in born) return today.add({ days: born.inDays }).subtract({ years: born.turns }).toString()
  const thisYear = Temporal.PlainDate.from(`${today.year}-${born.monthDay}`)
  const hadBirthday = Temporal.PlainDate.compare(thisYear, today) <= 0
  return thisYear.subtract({ years: hadBirthday ? born.age : born.age + 1 }).toString()
}

/** Somebody with a co-ordination number and no e-ID: the graph refuses her login. [R28] She is in no register. */
export const withoutEid = {
  key: 'kim',
  coordinationNumber: inventedCoordinationNumber('1990-01-01', 991),
  givenName: 'Kim',
  familyName: 'Klippa',
  en: 'co-ordination number without e-ID: may not log in',
  sv: 'samordningsnummer utan e-legitimation: får inte logga in',
}

export type GuardianshipData = { guardianId: string; childId: string; validFrom: string; validUntil: null }

/** Custody since birth. Gunilla is signe's guardian too, whom she may not act for: signe is 13. [R23] */
export function guardianshipsOf(persons: readonly PersonData[]): GuardianshipData[] {
  const person = (key: string): PersonData => {
    const found = persons.find((each) => each.key === key)
    if (!found) throw new Error(`no test person ${key}`)
    return found
  }
  const custody = { gunilla: ['tuva', 'lo', 'signe'], goran: ['tuva'] }
  return Object.entries(custody).flatMap(([guardian, children]) =>
    children.map((child) => ({
      guardianId: person(guardian).id,
      childId: person(child).id,
      validFrom: person(child).birthDate,
      validUntil: null,
    })),
  )
}

export type StaffData = {
  key: string
  hsaId: string
  givenName: string
  familyName: string
  role: StaffRole
  unitId: string
  en: string
  sv: string
}

/** Staff log in with an assignment (medarbetaruppdrag) at one unit, as with a SITHS card. */
export const staff: readonly StaffData[] = [
  {
    key: 'nurse-1',
    hsaId: 'SE2321000172-1001',
    givenName: 'Nora',
    familyName: 'Nilsson',
    role: 'NURSE',
    unitId: healthCentre1,
    en: 'nurse at health centre 1',
    sv: 'sjuksköterska, vårdcentral 1',
  },
  {
    key: 'nurse-1b',
    hsaId: 'SE2321000172-1007',
    givenName: 'Nadja',
    familyName: 'Nyberg',
    role: 'NURSE',
    unitId: healthCentre1,
    en: 'second nurse at health centre 1',
    sv: 'sjuksköterska nummer två, vårdcentral 1',
  },
  {
    key: 'nurse-2',
    hsaId: 'SE2321000172-1002',
    givenName: 'Nils',
    familyName: 'Norberg',
    role: 'NURSE',
    unitId: healthCentre2,
    en: 'nurse at health centre 2',
    sv: 'sjuksköterska, vårdcentral 2',
  },
  {
    key: 'nurse-1177',
    hsaId: 'SE2321000172-1003',
    givenName: 'Sara',
    familyName: 'Sjögren',
    role: 'NURSE',
    unitId: 'SE2321000172-N001',
    en: 'nurse at 1177',
    sv: 'sjuksköterska, 1177',
  },
  {
    key: 'youth-1',
    hsaId: 'SE2321000172-1004',
    givenName: 'Yasmin',
    familyName: 'Yngve',
    role: 'YOUTH_COUNSELLOR',
    unitId: 'SE2321000172-Y001',
    en: 'counsellor at the youth clinic',
    sv: 'kurator, ungdomsmottagningen',
  },
  {
    key: 'child-1',
    hsaId: 'SE2321000172-1005',
    givenName: 'Bo',
    familyName: 'Barnér',
    role: 'CHILD_HEALTH_NURSE',
    unitId: 'SE2321000172-C001',
    en: 'nurse at child health care',
    sv: 'sjuksköterska, barnavårdscentralen',
  },
  {
    key: 'admin-1',
    hsaId: 'SE2321000172-1006',
    givenName: 'Adam',
    familyName: 'Alm',
    role: 'UNIT_ADMINISTRATOR',
    unitId: healthCentre1,
    en: 'administrator of health centre 1',
    sv: 'enhetsadministratör, vårdcentral 1',
  },
  {
    key: 'nurse-vgr',
    hsaId: 'SE2321000131-1001',
    givenName: 'Vilma',
    familyName: 'Väst',
    role: 'NURSE',
    unitId: vgrHealthCentre1,
    en: 'nurse in Västra Götaland',
    sv: 'sjuksköterska i Västra Götaland',
  },
]
