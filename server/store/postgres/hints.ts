import type { Stream } from '#shared/model/stream.ts'
import type { Source } from './notices.ts'

/** A notification holds less than 8,000 bytes. */
const ROOM = 7000

type Listener = (streams: readonly Stream[]) => void

/**
 * Which streams moved (S30): told within this process at once, to the others after the commit. Of those that move again before they were
 * told one word is enough. What is lost the other hubs find out by looking.
 */
export class Hints implements Source {
  readonly channel = 'skein_streams'
  private readonly listeners = new Set<Listener>()
  private readonly waiting = new Set<Stream>()

  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  committed(streams: readonly Stream[]): void {
    this.tell(streams)
    for (const stream of streams) this.waiting.add(stream)
  }

  heard = (payload: string): void => this.tell(payload.split('\n') as Stream[])

  next = (): string | undefined => {
    let payload = ''
    for (const stream of this.waiting) {
      if (payload && payload.length + stream.length > ROOM) break
      payload += payload ? `\n${stream}` : stream
      this.waiting.delete(stream)
    }
    return payload || undefined
  }

  private tell(streams: readonly Stream[]): void {
    for (const listener of this.listeners) listener(streams)
  }
}
