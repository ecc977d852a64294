import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const patienceMilliseconds = 60_000

/** Runs `work` while no other process does so for the same folder. A lock whose holder died is taken over. */
export async function locked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'lock')
  const until = performance.now() + patienceMilliseconds
  while (!taken(file)) {
    if (performance.now() > until) throw new Error(`${file} is held for more than a minute: remove it if nothing runs`)
    await sleep(20)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function taken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const holder = holderOf(file)
    if (holder !== null && !alive(holder)) takeAway(file, holder)
    return false
  }
}

/** Of several processes that find the lock of a dead one, only one succeeds in renaming it. The lock of a running process is never taken. */
function takeAway(file: string, holder: number): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (holderOf(aside) !== holder) renameSync(aside, file)
    rmSync(aside, { force: true })
  } catch {
    // Another process was faster.
  }
}

function holderOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8')) || null
  } catch {
    return null
  }
}

/** Whether a process with this id runs. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
