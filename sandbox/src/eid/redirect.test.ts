import { expect, it } from 'vitest'
import { mayReturnTo } from './redirect.js'

it.each([
  ['http://localhost:5173/callback', true],
  ['http://localhost/', true],
  ['http://127.0.0.1:61023/', true],
  ['http://[::1]:8080/callback?app=1', true],
  ['https://localhost:3000/callback', true],
  ['com.example.app:/callback', true],
  ['com.example.app://login/callback', true],
  ['se.vard-app.beta:/oauth2redirect', true],
  ['https://elsewhere.example/', false],
  ['http://localhost.elsewhere.example/', false],
  ['http://localhost@elsewhere.example/', false],
  ['http://somebody:secret@localhost/', false],
  ['http://localhost:5173/callback#fragment', false],
  ['com.example.app:/callback#', false],
  ['myapp://callback', false],
  ['javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['file:///etc/passwd', false],
  ['intent://callback', false],
  ['/callback', false],
  ['', false],
])('a login returns to %s: %s', (uri, may) => expect(mayReturnTo(uri)).toBe(may))
