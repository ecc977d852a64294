import { describe, expect, it } from 'vitest'
import { passedRequestId, requestIdOf } from './request-id.js'

describe('the id of a request', () => {
  it.each([['request-0001'], ['4bf92f3577b34da6a3ce929d0e0e4736'], ['a.b_c-d-1'], ['x'.repeat(64)]])('%s is kept', (offered) => {
    expect(requestIdOf(offered)).toBe(offered)
  })

  it.each([
    ['too short', 'short'],
    ['too long', 'x'.repeat(65)],
    ['a line break', 'request-1\nforged=1'],
    ['letters beyond ASCII', 'begäran-0001'],
    ['a personal identity number', '198112189876'],
    ['one with a separator', '19811218-9876'],
    ['one without century', '811218-9876'],
    ['one with letters around it', 'patient198112189876'],
    ['one with letters and separators around it', 'p-811218.9876-x'],
    ['a co-ordination number', 'id-198112789876'],
    ['any number of 12 digits', '000000000000'],
    ['two at once', ['request-0001', 'request-0002']],
    ['none', undefined],
  ])('[A5] %s is replaced', (_what, offered) => {
    const id = requestIdOf(offered)
    expect(id).not.toEqual(offered)
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('stays as the gateway passed it on, whatever digits it happens to hold', () => {
    const made = '11111111-1218-4876-8111-111112189876'
    expect(passedRequestId(made)).toBe(made)
    expect(passedRequestId('a\nb'.repeat(4))).toMatch(/^[0-9a-f-]{36}$/)
  })
})
