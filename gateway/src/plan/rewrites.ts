import type { FetchDataRewrite } from '@apollo/query-planner'
import type { Json } from '../upstream/json.js'

/** A change that the planner demands: to a representation before it is sent, or to an answer before it is merged. */
export interface Rewrite {
  path: ({ field: string } | { type: string })[]
  field: string
  change: { setTo: Json } | { renameTo: string }
}

const FRAGMENT = '... on '

/** The planner's rewrites, with their paths split. */
export function rewrites(planned: FetchDataRewrite[] | undefined): Rewrite[] {
  return (planned ?? []).flatMap((rewrite) => {
    const field = rewrite.path.at(-1)
    if (field === undefined) return []
    const path = rewrite.path
      .slice(0, -1)
      .map((step) => (step.startsWith(FRAGMENT) ? { type: step.slice(FRAGMENT.length) } : { field: step }))
    return [
      { path, field, change: rewrite.kind === 'ValueSetter' ? { setTo: rewrite.setValueTo } : { renameTo: rewrite.renameKeyTo } },
    ]
  })
}
