import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadQuestionnaires } from './library.js'

const folder = join(import.meta.dirname, '../../questionnaires')

describe('the questionnaires that ship', async () => {
  const library = await loadQuestionnaires(folder)

  it('[R30] are at least four complaints, one of them for children, each marked as demonstration content', () => {
    const current = library.current()
    expect(current.length).toBeGreaterThanOrEqual(4)
    expect(current.some(({ age }) => age.to === 12)).toBe(true)
    for (const { questionnaire } of library.all) {
      expect(questionnaire.experimental).toBe(true)
      expect(questionnaire.description.sv).toContain('inte för klinisk användning')
      expect(questionnaire.items[0]).toMatchObject({ type: 'display', linkId: 'demonstration' })
    }
  })

  it('[R30] give a new case the latest active version, while an older one stays loaded for the cases that began with it', () => {
    const url = 'https://vardgraf.example/fhir/Questionnaire/cough-and-fever'
    expect(library.current().find((each) => each.url === url)?.version).toBe('1.1.0')
    expect(library.get(url, '1.0.0')?.questionnaire.status).toBe('retired')
  })
})

describe('a folder of questionnaires', () => {
  const sample = async () => JSON.parse(await readFile(join(folder, 'sore-throat-1.0.0.json'), 'utf8'))
  const folderWith = async (files: Record<string, unknown>) => {
    const path = await mkdtemp(join(tmpdir(), 'questionnaires-'))
    for (const [name, content] of Object.entries(files))
      await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }

  it('orders versions by number, and leaves drafts out', async () => {
    const base = await sample()
    const path = await folderWith({
      'a.json': { ...base, version: '1.9.0' },
      'b.json': { ...base, version: '1.10.0' },
      'c.json': { ...base, version: '2.0.0', status: 'draft' },
    })
    expect((await loadQuestionnaires(path)).current().map(({ version }) => version)).toEqual(['1.10.0'])
  })

  it('names every faulty file and path', async () => {
    const path = await folderWith({ 'a.json': '{', 'b.json': { ...(await sample()), language: 'fi' } })
    await expect(loadQuestionnaires(path)).rejects.toThrow(/a\.json: \(root\): is not JSON[\s\S]*b\.json: language: /)
  })

  it('refuses two files with the same version, and an empty folder', async () => {
    const base = await sample()
    await expect(loadQuestionnaires(await folderWith({ 'a.json': base, 'b.json': base }))).rejects.toThrow(
      'is already in another file',
    )
    await expect(loadQuestionnaires(await folderWith({}))).rejects.toThrow('there are no questionnaires')
  })

  it('sees a change of the text, but not of formatting, key order or status', async () => {
    const base = await sample()
    const { status, ...rest } = base
    const hash = async (content: unknown) => (await loadQuestionnaires(await folderWith({ 'a.json': content }))).all[0]?.sha256
    expect(await hash({ ...rest, status: 'retired' })).toBe(await hash(base))
    expect(await hash({ ...base, title: 'Annat' })).not.toBe(await hash(base))
    expect(status).toBe('active')
  })
})
