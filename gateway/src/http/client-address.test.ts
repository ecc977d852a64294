import { SettingsError } from '@vardgraf/process'
import { describe, expect, it } from 'vitest'
import { ClientAddress } from './client-address.js'

const from = (remoteAddress: string, forwarded?: string, proxies = '') =>
  new ClientAddress(proxies).of({
    socket: { remoteAddress } as never,
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  })

describe('where a request comes from', () => {
  it.each([
    ['the peer', '192.0.2.7', undefined, '', '192.0.2.7'],
    ['the peer, whatever it writes, when no proxy is trusted', '192.0.2.7', '198.51.100.1', '', '192.0.2.7'],
    ['the peer, whatever it writes, when it is not a trusted one', '192.0.2.7', '198.51.100.1', '10.0.0.0/8', '192.0.2.7'],
    ['what a trusted proxy says', '10.0.0.1', '198.51.100.1', '10.0.0.0/8', '198.51.100.1'],
    ['not what the client wrote before it', '10.0.0.1', '203.0.113.9, 198.51.100.1', '10.0.0.0/8', '198.51.100.1'],
    ['what the first of several proxies says', '10.0.0.1', '203.0.113.9, 198.51.100.1, 10.0.0.2', '10.0.0.0/8', '198.51.100.1'],
    ['a proxy, when all of it is ours', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.0/8', '10.0.0.3'],
    ['the proxy, when what it says is no address', '10.0.0.1', 'unknown', '10.0.0.0/8', '10.0.0.1'],
    ['without the port', '10.0.0.1', '198.51.100.1:4711', '10.0.0.1', '198.51.100.1'],
    ['IPv4 over IPv6', '::ffff:192.0.2.7', undefined, '', '192.0.2.7'],
    ['the /64 of IPv6', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', undefined, '', '2001:db8:1:2::/64'],
    ['the /64 of IPv6 in short', '2001:db8::1', undefined, '', '2001:db8:0:0::/64'],
    ['the /64 behind a proxy', 'fd00::1', '[2001:db8::1]:443', 'fd00::/8', '2001:db8:0:0::/64'],
    ['this machine', '::1', undefined, '', '0:0:0:0::/64'],
    ['nothing, when the peer has gone', '', '198.51.100.1', '10.0.0.0/8', ''],
  ])('is %s', (_, peer, forwarded, proxies, expected) => {
    expect(from(peer, forwarded, proxies)).toBe(expected)
  })

  it.each(['localhost', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129'])('%s is no proxy', (proxies) => {
    expect(() => new ClientAddress(proxies)).toThrow(SettingsError)
  })
})
