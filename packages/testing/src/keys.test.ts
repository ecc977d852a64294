import { verifyViewer } from '@vardgraf/viewer'
import { expect, it } from 'vitest'
import { signedViewer, testKeys } from './keys.js'

it('signs viewers that every process with the test keys accepts', async () => {
  const headers = await signedViewer('visits', { kind: 'ANONYMOUS' })
  const trusted = await (await testKeys()).trusted()
  expect(await verifyViewer(headers['vardgraf-viewer'] ?? '', 'visits', trusted, new Date())).toEqual({ kind: 'ANONYMOUS' })
})
