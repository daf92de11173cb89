/**
 * Keeps what is being typed safe without ever touching it. Invariants:
 *
 * - at most `every` milliseconds of typing are not yet on their way to the disk, however long somebody types without a pause;
 * - the field is the truth while it is being typed in: a draft that comes back from the core never changes it;
 * - after sending, nothing that was saved before can bring the words back.
 */
export interface Keeper<Content> {
  /** The field changed. */
  changed(content: Content): void
  /** Saves at once what is not saved yet: on leaving the field, the view, the window. */
  flush(): void
  /** The words are being sent: saving them would only keep the sending waiting. @returns what to do when they did not go after all */
  hold(): () => void
  /** The words were sent or thrown away: forget what is not saved yet. */
  clear(): void
  /** Whether something here is not saved yet. */
  dirty(): boolean
}

export function createKeeper<Content>(
  save: (content: Content) => void,
  every = 300,
  timer: { set(run: () => void, after: number): unknown; clear(handle: never): void } = {
    set: (run, after) => setTimeout(run, after),
    clear: handle => clearTimeout(handle),
  },
): Keeper<Content> {
  let unsaved: { content: Content } | undefined
  let running: unknown

  const stop = (): void => {
    if (running !== undefined) timer.clear(running as never)
    running = undefined
  }
  const flush = (): void => {
    stop()
    const held = unsaved
    unsaved = undefined
    if (held) save(held.content)
  }
  return {
    changed(content) {
      unsaved = { content }
      // Not put off by the next key: the first unsaved one sets the time.
      running ??= timer.set(flush, every)
    },
    flush,
    hold() {
      const held = unsaved
      stop()
      unsaved = undefined
      return () => {
        if (!held || unsaved) return
        unsaved = held
        flush()
      }
    },
    clear() {
      stop()
      unsaved = undefined
    },
    dirty: () => unsaved !== undefined,
  }
}
