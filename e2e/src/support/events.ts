/** The events of a stream until one satisfies; the others are kept for whoever asks later.
 *  @throws Error when the stream ends before that. */
export async function until<T>(stream: AsyncIterator<T>, satisfied: (event: T) => boolean): Promise<T> {
  for (;;) {
    const { value, done } = await stream.next()
    if (done) throw new Error('the stream ended before the event came')
    if (satisfied(value)) return value
  }
}
