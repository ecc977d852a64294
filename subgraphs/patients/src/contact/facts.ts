import type { FactProviders } from '@vardgraf/access'
import type { Services } from '../context.js'
import { personsById } from '../patient/loaders.js'
import { contactsById } from './loaders.js'

export const contactFacts = ({ db }: Services): FactProviders => ({
  contact: async (ids) => {
    const [persons, contacts] = await Promise.all([personsById(db, ids), contactsById(db, ids)])
    return persons.map((person, index) => person && { phone: contacts[index]?.phone ?? null })
  },
})
