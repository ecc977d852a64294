/** `url|version`, as FHIR writes a reference to one version. */
export const canonical = (q: { url: string; version: string }): string => `${q.url}|${q.version}`

/** What `canonical` wrote; null for anything else. */
export function parseCanonical(key: string | null): { url: string; version: string } | null {
  const [, url, version] = /^([^|]+)\|([^|]+)$/.exec(key ?? '') ?? []
  return url && version ? { url, version } : null
}

/** Orders dotted versions by number: 1.10.0 comes after 1.9.2. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
