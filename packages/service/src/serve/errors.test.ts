import { GraphError } from '@vardgraf/errors'
import { createLogger } from '@vardgraf/process'
import { expect, it } from 'vitest'
import { publicError } from './errors.js'

it('[A7] tells what unlocks it in the reader’s language, whatever language it was thrown in', () => {
  const told = (language: 'sv' | 'en') => {
    const error = new GraphError('SESSION_ENDED')
    return publicError(error.toJSON(), error, language, createLogger('test', 'silent')).extensions?.unlock
  }
  expect([told('sv'), told('en')]).toEqual(['Logga in igen.', 'Log in again.'])
})
