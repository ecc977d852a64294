import { registerEnumType } from 'type-graphql'
import { Profession, VisitChannel, VisitStatus, VisitTypeCode } from '../generated/prisma/enums.js'

export { Profession, VisitChannel, VisitStatus, VisitTypeCode }

registerEnumType(VisitChannel, {
  name: 'VisitChannel',
  description: 'How a visit is held. Care meetings are digital as a rule; physical visits and phone calls exist too. [R1]',
  valuesConfig: {
    APP: { description: 'Video in the app.' },
    WEB: { description: 'Video in a web browser.' },
    PHYSICAL: { description: 'At the unit.' },
    PHONE: { description: 'By phone.' },
  },
})

registerEnumType(VisitStatus, {
  name: 'VisitStatus',
  description: 'Where a visit stands (FHIR Appointment and Encounter in one).',
  valuesConfig: {
    PROPOSED: { description: 'Proposed, not yet agreed.' },
    BOOKED: { description: 'Agreed; the time is taken.' },
    CHECKED_IN: { description: 'The patient has come.' },
    IN_PROGRESS: { description: 'Going on.' },
    FULFILLED: { description: 'Held.' },
    CANCELLED: { description: 'Called off, by the patient or the unit.' },
    NO_SHOW: { description: 'The patient stayed away.' },
  },
})

registerEnumType(Profession, {
  name: 'Profession',
  description: 'Profession of who receives the patient; the fee depends on it.',
  valuesConfig: {
    DOCTOR: { description: 'Doctor (läkare).' },
    NURSE: { description: 'Nurse (sjuksköterska).' },
    PSYCHOLOGIST: { description: 'Psychologist (psykolog).' },
    PHYSIOTHERAPIST: { description: 'Physiotherapist (fysioterapeut).' },
    OTHER: { description: 'Another profession.' },
  },
})

registerEnumType(VisitTypeCode, {
  name: 'VisitTypeCode',
  description: 'Kind of visit.',
  valuesConfig: {
    NEW_PROBLEM: { description: 'A new complaint.' },
    FOLLOW_UP: { description: 'Follow-up of something known.' },
    SAMPLING: { description: 'Samples are taken.' },
    CONVERSATION: { description: 'Counselling.' },
    VACCINATION: { description: 'Vaccination.' },
    SPECIALIST: { description: 'Specialist care.' },
  },
})
