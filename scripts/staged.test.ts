import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const formatted = "export const one = 'one'\n"
const unformatted = 'export const one = "one";\n'
const faulty = 'export const one: any = 1\n'

/** The hook in a real repository, as git runs it. */
describe('the commit hook', () => {
  let tree: string
  const write = (file: string, text: string): void => writeFileSync(join(tree, file), text)
  const read = (file: string): string => readFileSync(join(tree, file), 'utf8')
  const git = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const who = {
        GIT_AUTHOR_NAME: 'A',
        GIT_AUTHOR_EMAIL: 'a@example.org',
        GIT_COMMITTER_NAME: 'A',
        GIT_COMMITTER_EMAIL: 'a@example.org',
      }
      const env = { PATH: process.env.PATH, HOME: tree, ...who }
      execFile('git', args, { cwd: tree, env }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      )
    })
  const committed = async (file: string): Promise<string> => (await git('show', `HEAD:${file}`)).stdout
  const status = async (): Promise<string> => (await git('status', '--porcelain')).stdout

  beforeEach(async () => {
    tree = mkdtempSync(join(tmpdir(), 'vardgraf-hook-'))
    for (const part of ['.githooks', 'biome.json', 'scripts/staged.mjs'])
      cpSync(join(root, part), join(tree, part), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    write('.gitignore', 'node_modules\n')
    write('package.json', '{ "type": "module" }\n')
    write('one.ts', formatted)
    write('ten.ts', Array.from({ length: 10 }, (_, index) => `export const line${index} = ${index}\n`).join(''))
    await git('init', '-q')
    await git('config', 'core.hooksPath', '.githooks')
    await git('add', '.')
    expect(await git('commit', '-qm', 'First')).toMatchObject({ code: 0 })
  })
  afterEach(() => rmSync(tree, { recursive: true, force: true }))

  it('formats what is staged, stages that, and leaves other files alone', async () => {
    write('two words.ts', unformatted)
    write('other.ts', unformatted)
    await git('add', 'two words.ts')
    expect(await git('commit', '-qm', 'Second')).toMatchObject({ code: 0, stderr: 'formatted and staged: two words.ts\n' })
    expect(await committed('two words.ts')).toBe(formatted)
    expect(read('other.ts')).toBe(unformatted)
    expect(await status()).toBe('?? other.ts\n')
  })

  it('refuses a lint error, and says where', async () => {
    write('one.ts', faulty)
    await git('add', 'one.ts')
    const { code, stderr } = await git('commit', '-qm', 'Second')
    expect(code).toBe(1)
    expect(stderr).toContain('noExplicitAny')
    expect(stderr).toContain('not committed: mend what is told above')
    expect(await committed('one.ts')).toBe(formatted)
  })

  it('looks at a file that is staged in part as it is staged, and never writes it', async () => {
    write('ten.ts', read('ten.ts').replace('line0 = 0', 'line0 = 100'))
    await git('add', 'ten.ts')
    // Neither formatted nor right, but not staged.
    const working = `${read('ten.ts')}export const more: any = "x";\n`
    write('ten.ts', working)
    expect(await git('commit', '-qm', 'Second')).toMatchObject({ code: 0 })
    expect(read('ten.ts')).toBe(working)
    expect(await committed('ten.ts')).toBe(working.replace(/export const more.*\n/, ''))
  })

  it('refuses what is staged in part and not formatted, and changes neither what is staged nor the file', async () => {
    write('one.ts', unformatted)
    await git('add', 'one.ts')
    write('one.ts', `${unformatted}// later\n`)
    const { code, stderr } = await git('commit', '-qm', 'Second')
    expect(code).toBe(1)
    expect(stderr).toContain('one.ts is staged in part, and the staged part is not formatted or has lint errors')
    expect(read('one.ts')).toBe(`${unformatted}// later\n`)
    expect((await git('show', ':one.ts')).stdout).toBe(unformatted)
  })

  it('formats with `git commit -a`, and only looks with `git commit <path>`, whose index does not stay', async () => {
    write('one.ts', unformatted)
    expect(await git('commit', '-qam', 'Second')).toMatchObject({ code: 0 })
    expect(await committed('one.ts')).toBe(formatted)
    expect(await status()).toBe('')
    write('one.ts', unformatted)
    expect(await git('commit', '-qm', 'Third', 'one.ts')).toMatchObject({ code: 1 })
    expect(read('one.ts')).toBe(unformatted)
  })

  it('takes deleted files, renamed ones and those that it does not know', async () => {
    await git('rm', '-q', 'one.ts')
    await git('mv', 'ten.ts', 'eleven.ts')
    write('notes.md', '*  a note\n')
    await git('add', '.')
    expect(await git('commit', '-qm', 'Second')).toMatchObject({ code: 0, stderr: '' })
    expect(await status()).toBe('')
  })

  it('lets a commit pass where nothing is installed, and says so', async () => {
    unlinkSync(join(tree, 'node_modules'))
    write('one.ts', unformatted)
    await git('add', 'one.ts')
    expect(await git('commit', '-qm', 'Second')).toMatchObject({ code: 0, stderr: expect.stringContaining('was not looked at') })
    expect(await committed('one.ts')).toBe(unformatted)
  })
})
