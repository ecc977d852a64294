import { describe, expect, it } from 'vitest'
import { joinWindow } from './rules.js'

const startsAt = new Date('2026-11-24T08:00:00+01:00')
const endsAt = new Date('2026-11-24T08:30:00+01:00')

describe('the doors of a visit', () => {
  it.each(['APP', 'WEB'] as const)('[R12] open 15 minutes before the start and close at the end (%s)', (channel) => {
    expect(joinWindow({ channel, startsAt, endsAt }, 15)).toEqual({
      opensAt: new Date('2026-11-24T07:45:00+01:00'),
      closesAt: endsAt,
    })
  })

  it.each(['PHYSICAL', 'PHONE'] as const)('[R1] are not there for a visit that is not digital (%s)', (channel) => {
    expect(joinWindow({ channel, startsAt, endsAt }, 15)).toBeNull()
  })

  it('[R12] open by elapsed minutes on the night when the clocks are put forward', () => {
    const visit = { channel: 'APP' as const, startsAt: new Date('2026-03-29T03:05:00+02:00'), endsAt }
    expect(joinWindow(visit, 15)?.opensAt).toEqual(new Date('2026-03-29T01:50:00+01:00'))
  })
})
