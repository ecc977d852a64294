import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorCodec, cursorOf, instant, integer, text, uuid } from './cursors.js'

const key = (fill: string): Uint8Array => Buffer.alloc(32, fill)
const ctx = { cursors: cursorCodec([key('a')]) }
const visits = cursorOf('CareUnit.visits', instant, uuid)
const [unit, otherUnit] = ['SE2321000172-H001', 'SE2321000172-H002']
const place = [new Date('2026-12-01T08:00:00Z'), '00000000-0000-7000-8000-000000000001'] as [Date, string]
const refused = expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', argument: 'after' }) })
const refuses = (work: () => unknown): void => {
  let thrown: unknown
  try {
    work()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toEqual(refused)
}

describe('a cursor', () => {
  it('stands for the same place in every replica, and after a restart', () => {
    const replica = { cursors: cursorCodec([key('a')]) }
    expect(visits.at(replica, unit, ...place)).toBe(visits.at(ctx, unit, ...place))
    expect(visits.behind(replica, unit, visits.at(ctx, unit, ...place))).toEqual(place)
  })

  it('[A3] tells nothing of the place: neither time nor id, also not of its beginning or end', () => {
    const cursor = Buffer.from(visits.at(ctx, unit, ...place), 'base64url')
    expect(cursor.toString('latin1')).not.toMatch(/7000|1764576/)
    const next = Buffer.from(visits.at(ctx, unit, new Date(place[0].getTime() + 1), place[1]), 'base64url')
    expect(next.subarray(0, 16).equals(cursor.subarray(0, 16))).toBe(false)
    expect(next.subarray(-16).equals(cursor.subarray(-16))).toBe(false)
  })

  it('is of one list of one owner: any other refuses it', () => {
    const cursor = visits.at(ctx, unit, ...place)
    refuses(() => visits.behind(ctx, otherUnit, cursor))
    refuses(() => cursorOf('Patient.visits', instant, uuid).behind(ctx, unit, cursor))
    refuses(() => cursorOf('CareUnit.visits', instant).behind(ctx, unit, cursor))
    refuses(() => cursorOf('CareUnit.visits', instant, integer).behind(ctx, unit, cursor))
  })

  it('opens while its key is among the keys, whichever seals, and is refused once it is gone', () => {
    const cursor = visits.at(ctx, unit, ...place)
    for (const keys of [
      ['a', 'b'],
      ['b', 'a'],
    ])
      expect(visits.behind({ cursors: cursorCodec(keys.map(key)) }, unit, cursor)).toEqual(place)
    refuses(() => visits.behind({ cursors: cursorCodec([key('b')]) }, unit, cursor))
  })

  it('that is missing is no place; that is empty is refused', () => {
    expect(visits.behind(ctx, unit, undefined)).toBeNull()
    expect(visits.behind(ctx, unit, null)).toBeNull()
    refuses(() => visits.behind(ctx, unit, ''))
  })

  it('gives back whatever place it stands for', () => {
    const any = cursorOf('Any.list', instant, uuid, integer, text)
    const date = fc.date({ noInvalidDate: true })
    fc.assert(
      fc.property(date, fc.uuid(), fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }), (...parts) => {
        expect(any.behind(ctx, unit, any.at(ctx, unit, ...parts))).toEqual(parts)
      }),
    )
  })

  it('that was changed by one bit is refused, and so is any text that is none', () => {
    const sealed = Buffer.from(visits.at(ctx, unit, ...place), 'base64url')
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const forged = Buffer.from(sealed)
        forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        refuses(() => visits.behind(ctx, unit, forged.toString('base64url')))
      }),
    )
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (nonsense) => refuses(() => visits.behind(ctx, unit, nonsense))))
    refuses(() => visits.behind(ctx, unit, Buffer.from(`1 ${'-'.repeat(36)}`).toString('base64url')))
  })
})
