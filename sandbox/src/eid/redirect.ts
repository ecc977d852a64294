const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A scheme of an app's own is a domain name of whoever makes it, backwards: `com.example.app`. (RFC 8252, 7.1) */
const reverseDomain = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/

/**
 * Whether a login may return to this address: a page on this machine, for frontends (RFC 8252, 7.3, any port), or a private-use scheme,
 * for apps. Nothing else, and never with a fragment.
 */
export function mayReturnTo(uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname, username, password } = new URL(uri)
  if (uri.includes('#') || username !== '' || password !== '') return false
  if (protocol === 'http:' || protocol === 'https:') return loopback.has(hostname)
  return reverseDomain.test(protocol)
}
