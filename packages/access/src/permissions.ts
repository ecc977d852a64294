import { GraphError } from '@vardgraf/errors'
import { allow, deny, type IRule, type IRules, rule, shield } from 'graphql-shield'
import { type Capability, can } from './capabilities.js'
import type { AccessContext } from './context.js'

export { allow, and, deny, type IRule, type IRules, or, rule } from 'graphql-shield'

/** The viewer is logged in. */
export const isAuthenticated: IRule = rule('isAuthenticated', { cache: 'contextual' })((_parent, _args, ctx: AccessContext) =>
  ctx.viewer.kind === 'ANONYMOUS' ? new GraphError('UNAUTHENTICATED', {}, ctx.language) : true,
)

/** A patient (or a guardian: also a person with an e-ID) is logged in. */
export const isPatient: IRule = rule('isPatient', { cache: 'contextual' })((_parent, _args, ctx: AccessContext) =>
  ctx.viewer.kind === 'PATIENT' ? true : refusalFor(ctx),
)

/** Staff are logged in. */
export const isStaff: IRule = rule('isStaff', { cache: 'contextual' })((_parent, _args, ctx: AccessContext) =>
  ctx.viewer.kind === 'STAFF' ? true : refusalFor(ctx),
)

const staffWho = (capability: Capability): IRule =>
  rule(`staffWho${capability}`, { cache: 'contextual' })((_parent, _args, ctx: AccessContext) =>
    can(ctx.viewer, capability) ? true : refusalFor(ctx),
  )

/** Staff who give care; a unit's administrator does not. [A1] */
export const givesCare = staffWho('CARE')

/** Staff who see their unit's queue: care staff, and its administrator. [A1] */
export const seesQueue = staffWho('QUEUE')

function refusalFor(ctx: AccessContext): GraphError {
  return new GraphError(ctx.viewer.kind === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN', {}, ctx.language)
}

/**
 * A rule about the object whose field is asked. Shield asks for every field; the decision is made once per object and request
 * (or event), so a rule may load facts. A decision that fails gives its error, not a refusal.
 */
export function objectRule<P extends object, C extends AccessContext>(
  name: string,
  decide: (parent: P, ctx: C) => boolean | Promise<boolean>,
): IRule {
  type Decision = boolean | Error | Promise<boolean | Error>
  // Shield takes a thrown error for a refusal, and a returned error for that error.
  const decided = (parent: P, ctx: C): Decision => {
    try {
      const decision = decide(parent, ctx)
      return typeof decision === 'boolean' ? decision : decision.catch(asError)
    } catch (error) {
      return asError(error)
    }
  }
  // Keyed by the facts memory: a stream's event gets a new one, and with it new decisions.
  const decisions = new WeakMap<object, WeakMap<object, Decision>>()
  return rule(name, { cache: 'no_cache' })((parent: P, _args, ctx: C) => {
    const known = decisions.get(ctx.facts) ?? new WeakMap()
    decisions.set(ctx.facts, known)
    const decision = known.get(parent) ?? decided(parent, ctx)
    known.set(parent, decision)
    return decision
  })
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

/** The shield of a subgraph: what has no rule is denied; a resolver's own errors pass through. A subgraph without entities has no `_entities`. */
export function permissionsOf(rules: IRules, hasEntities: boolean) {
  return shield(
    {
      ...(rules as object),
      _Service: allow,
      Query: { '*': deny, _service: allow, ...(hasEntities && { _entities: allow }), ...(rules as { Query?: object }).Query },
    } as IRules,
    {
      fallbackRule: deny,
      fallbackError: (_thrown, _parent, _args, ctx) => refusalFor(ctx as unknown as AccessContext),
      allowExternalErrors: true,
    },
  )
}
