import type { Reply } from './asking.js'
import { type Chart, ghostOf } from './charts.js'
import type { Path } from './paths.js'

/** A query whose answer for an existing record differs from the one for a missing record. */
export interface Leak {
  path: Path
  real: Reply
  none: Reply
}

/** The paths on which a person can tell an existing record from a missing one: the whole responses are compared, byte by byte. */
export async function leaksOf(
  paths: readonly Path[],
  charts: readonly Chart[],
  ask: (path: Path, id: string) => Promise<Reply>,
): Promise<Leak[]> {
  const leaks: Leak[] = []
  for (const path of paths)
    for (const chart of charts) {
      const id = chart[path.to]
      const ghost = ghostOf(id)
      const [real, none] = [withoutId(await ask(path, id), id), withoutId(await ask(path, ghost), ghost)]
      if (JSON.stringify(real) !== JSON.stringify(none)) leaks.push({ path, real, none })
    }
  return leaks
}

/** The two answers may differ only in the id that was asked for. */
const withoutId = ({ status, headers, body }: Reply, id: string): Reply => ({
  status,
  headers,
  body: body.replaceAll(id, '<id>'),
})
