const colours = process.stdout.isTTY && !process.env.NO_COLOR

const paint = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)
export const bold = paint(1)
export const dim = paint(2)
const green = paint(32)
export const red = paint(31)
const yellow = paint(33)

let stopping = false

/** From now on a step that does not come to its end was ended on purpose, which is no failure. */
export function stopSteps(): void {
  stopping = true
}

/** Runs one step and tells how long it took: `✓ migrating … 0.8 s`. A terminal shows it while it goes on. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  if (colours) process.stdout.write(`${dim('…')} ${title}`)
  try {
    const result = await work()
    finish(`${green('✓')} ${title} ${dim(`${((performance.now() - began) / 1000).toFixed(1)} s`)}`)
    return result
  } catch (error) {
    if (!stopping) finish(`${red('✗')} ${title}`)
    throw error
  }
}

function finish(line: string): void {
  if (colours) process.stdout.write('\r\u001b[K')
  console.log(line)
}

/** One line about something that is done. */
export function done(line: string): void {
  console.log(`${green('✓')} ${line}`)
}

/** One clear line about something that went wrong. */
export function tell(line: string): void {
  console.log(`${yellow('!')} ${line}`)
}
