/** What a test posts into a room: the raw value of the subscription's field, its failure, or how the whole stream ends. */
export type Post = { value: unknown } | { error: Error } | { end: true } | { endWith: Error }

/** Rooms that keep what was posted, so that a reader can resume after a number (from 1). */
export class Rooms {
  private readonly rooms = new Map<string, { posts: Post[]; wake: Set<() => void> }>()

  post(room: string, ...posts: Post[]): void {
    const { posts: all, wake } = this.room(room)
    all.push(...posts)
    for (const ring of wake) ring()
  }

  /** Unlike a generator, it ends at once when `return` is called. */
  follow(room: string, after: number, closed: () => void): AsyncGenerator<Post> {
    const { posts, wake } = this.room(room)
    let next = after
    let done = false
    let ring = (): void => {}
    const rung = (): void => ring()
    wake.add(rung)
    const stop = async (): Promise<IteratorResult<Post>> => {
      if (!done) closed()
      done = true
      wake.delete(rung)
      ring()
      return { done: true, value: undefined }
    }
    return {
      next: async () => {
        while (!done) {
          const post = posts[next]
          if (post && 'end' in post) return stop()
          if (post && 'endWith' in post) {
            await stop()
            throw post.endWith
          }
          if (post) {
            next += 1
            return { done: false, value: post }
          }
          await new Promise<void>((resolve) => {
            ring = resolve
          })
        }
        return { done: true, value: undefined }
      },
      return: stop,
      throw: stop,
      [Symbol.asyncIterator]() {
        return this
      },
      [Symbol.asyncDispose]: async () => void (await stop()),
    }
  }

  private room(name: string) {
    const room = this.rooms.get(name) ?? { posts: [], wake: new Set<() => void>() }
    this.rooms.set(name, room)
    return room
  }
}
