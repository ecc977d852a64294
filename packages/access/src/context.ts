import type { Language } from '@vardgraf/errors'
import type { Viewer } from '@vardgraf/viewer'
import type { Audit } from './audit.js'
import type { Facts } from './facts.js'

/** What a decision about access needs to know of a request, or of an event of a stream. */
export interface AccessContext {
  viewer: Viewer
  language: Language
  now(): Date
  facts: Facts
  audit: Audit
}
