import type { Source } from './notices.ts'

/** So much waits while the database is away; what is older then is not said any more. */
const MOST_WAITING = 1000

/** What the hubs of one database say to each other (Store.tellHubs), in order. */
export class Talk implements Source {
  readonly channel = 'skein_talk'
  private readonly listeners = new Set<(words: string) => void>()
  private waiting: string[] = []

  listen(listener: (words: string) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  say(words: string): void {
    this.waiting.push(words)
    if (this.waiting.length > MOST_WAITING) this.waiting.shift()
  }

  heard = (payload: string): void => {
    for (const listener of this.listeners) listener(payload)
  }

  next = (): string | undefined => this.waiting.shift()
}
