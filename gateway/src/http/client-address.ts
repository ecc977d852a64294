import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { SettingsError } from '@vardgraf/process'

/**
 * The client's address, for limits: the peer's, or the one that trusted proxies report. `X-Forwarded-For` is read from its end, for as
 * long as the writer of an entry is trusted. Entries that a client wrote itself stand before those and are ignored.
 */
export class ClientAddress {
  private readonly trusted = new BlockList()

  /** @param proxies comma-separated addresses and networks, such as `10.0.0.0/8, fd00::/8`; empty for none
   *  @throws SettingsError for what is neither */
  constructor(proxies: string) {
    for (const proxy of proxies.split(',').map((each) => each.trim())) if (proxy) this.trust(proxy)
  }

  /** The IPv4 address, or the /64 network of an IPv6 address: one subscriber has the whole network. */
  of({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
    let address = plain(socket.remoteAddress ?? '')
    const entries = String(headers['x-forwarded-for'] ?? '').split(',')
    for (let entry = entries.pop(); entry !== undefined && this.trusts(address); entry = entries.pop()) {
      const before = plain(entry)
      if (isIP(before) === 0) break
      address = before
    }
    return isIP(address) === 6 ? networkOf(address) : address
  }

  private trusts(address: string): boolean {
    const version = isIP(address)
    return version !== 0 && this.trusted.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }

  private trust(proxy: string): void {
    const [address = '', prefix, more] = proxy.split('/')
    const version = isIP(address)
    const bits = version === 6 ? 128 : 32
    const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
    if (version === 0 || more !== undefined || !(length <= bits))
      throw new SettingsError('TRUSTED_PROXIES: is not a list of addresses and networks such as 10.0.0.0/8')
    this.trusted.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4')
  }
}

/** Without port and brackets; an IPv4 address that came over IPv6 as IPv4. */
function plain(entry: string): string {
  const text = entry.trim().toLowerCase()
  const host = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  return host.startsWith('::ffff:') && isIP(host.slice(7)) === 4 ? host.slice(7) : host
}

/** The first 64 bits of an IPv6 address. */
function networkOf(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const left = groups(head)
  const right = groups(tail ?? '')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const all = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
