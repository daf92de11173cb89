import type { Stream } from '#shared/model/stream.ts'

/** Who follows which stream, so that a change costs as much as it has readers, however many desks there are. */
export class Followers<T> {
  readonly #followed = new Map<T, ReadonlySet<Stream>>()
  readonly #by = new Map<Stream, Set<T>>()

  get streams(): Stream[] {
    return [...this.#by.keys()]
  }

  /** From now on it follows these and no others. */
  follow(one: T, streams: ReadonlySet<Stream>): void {
    for (const stream of this.#followed.get(one) ?? []) {
      const all = this.#by.get(stream)
      all?.delete(one)
      if (all?.size === 0) this.#by.delete(stream)
    }
    if (streams.size === 0) {
      this.#followed.delete(one)
      return
    }
    this.#followed.set(one, streams)
    for (const stream of streams) {
      const all = this.#by.get(stream) ?? new Set()
      this.#by.set(stream, all.add(one))
    }
  }

  /** Everybody who follows any of them, each once. */
  of(streams: readonly Stream[]): ReadonlySet<T> {
    const all = streams.map(stream => this.#by.get(stream) ?? new Set<T>())
    return all.length === 1 ? all[0]! : new Set(all.flatMap(each => [...each]))
  }
}
