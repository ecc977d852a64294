import { cursorOf, text } from '@vardgraf/relay'

/** What a cursor stands for: the unit's name and HSA-id, its place in the order, so that it stays good when units are added, renamed or gone. */
export const unitPlace = cursorOf('Query.careUnits', text, text)
