/**
 * How far one desk has each of its streams: cursors where it is up to date but for changes, and first syncs under way.
 * Guards S6: a stream's cursor is fixed before its first page is read, and goes down with that page.
 */
import type { Agent } from '#shared/model/agent.ts'
import type { Instant } from '#shared/model/base.ts'
import { type Stream, streamsOfAgent } from '#shared/model/stream.ts'
import type { Cursor } from '#shared/protocol/common.ts'
import type { Hello } from '#shared/protocol/up.ts'
import type { Head, Page, Store } from '../store/store.ts'

/** `cursor` is what the desk must store with the first page; null once it has it. */
export interface FirstSync {
  stream: Stream
  token: string | null
  cursor: Cursor | null
}

export class Following {
  streams: ReadonlySet<Stream> = new Set()
  /** Conversations that are not open come if active since then. */
  activeSince: Instant = 0
  readonly #store: Store
  readonly #itemsPerConversation: number
  readonly #cursors = new Map<Stream, Cursor>()
  #firstSyncs: FirstSync[] = []
  /**
   * The page after the last one: read while that is being written, sent and stored. Let go when its stream moves on, because a
   * page must not be older than a cursor that was sent (S6): it would bring back what has left since.
   */
  #ahead: { sync: FirstSync; page: Promise<Page> } | null = null
  #expected = 0

  constructor(store: Store, itemsPerConversation: number) {
    this.#store = store
    this.#itemsPerConversation = itemsPerConversation
  }

  get cursors(): Cursor[] {
    return [...this.#cursors.values()]
  }

  /** Rows of first sync still to come, never 0 while there are pages; an estimate. */
  get expected(): number {
    return this.#firstSyncs.length === 0 ? 0 : Math.max(1, this.#expected)
  }

  /** Whether a stream still has no cursor on the desk; until then neither changes nor acknowledgements may follow (S7). */
  get unstarted(): boolean {
    return this.#firstSyncs.some(({ cursor }) => cursor !== null)
  }

  isBehind(head: Cursor): boolean {
    const cursor = this.#cursors.get(head.stream)
    return cursor !== undefined && (cursor.version < head.version || cursor.epoch !== head.epoch)
  }

  isSame(agent: Agent): boolean {
    const now = streamsOfAgent(agent)
    return now.length === this.streams.size && now.every(stream => this.streams.has(stream))
  }

  /**
   * Takes up the streams of an agent: goes on from the desk's cursors where they still hold, starts first sync elsewhere,
   * lets go of the rest.
   * @returns the streams whose rows the desk must drop (S4, S5)
   */
  async follow(agent: Agent, hello: Pick<Hello, 'cursors' | 'pages'>): Promise<Stream[]> {
    const streams = streamsOfAgent(agent)
    const wanted = new Set(streams)
    for (const stream of this.#cursors.keys()) if (!wanted.has(stream)) this.#cursors.delete(stream)
    this.#firstSyncs = this.#firstSyncs.filter(({ stream }) => wanted.has(stream))

    const heads = new Map((await this.#store.heads(streams)).map(head => [head.stream, head]))
    const cursors = new Map(hello.cursors.map(cursor => [cursor.stream, cursor]))
    const tokens = new Map(hello.pages.map(page => [page.stream, page.token]))
    const resync: Stream[] = []
    for (const stream of streams) {
      if (this.#cursors.has(stream) || this.#firstSyncs.some(sync => sync.stream === stream)) continue
      const head = heads.get(stream) ?? { stream, epoch: 1, version: 0, purgedThrough: 0 }
      const cursor = cursors.get(stream)
      if (cursor && holds(cursor, head)) {
        this.#cursors.set(stream, cursor)
        const token = tokens.get(stream)
        if (token !== undefined) this.#firstSyncs.push({ stream, token, cursor: null })
        continue
      }
      if (cursor) resync.push(stream)
      const start = { stream, epoch: head.epoch, version: head.version }
      this.#firstSyncs.push({ stream, token: null, cursor: start })
    }
    this.#expected = 0
    for (const sync of this.#firstSyncs) this.#expected += (await this.#read(sync, 1)).expected
    this.streams = wanted
    return resync
  }

  /** These are to be fetched from the beginning; `follow` takes them up again. */
  drop(streams: readonly Stream[]): void {
    for (const stream of streams) this.#cursors.delete(stream)
    this.#firstSyncs = this.#firstSyncs.filter(({ stream }) => !streams.includes(stream))
  }

  advance(cursors: readonly Cursor[]): void {
    for (const cursor of cursors) this.#cursors.set(cursor.stream, cursor)
    if (cursors.some(({ stream }) => stream === this.#ahead?.sync.stream)) this.#ahead = null
  }

  /** The next page: streams without a first one before further pages of others, so that an agent can work after page one. */
  async nextPage(firstRows: number, rows: number): Promise<{ sync: FirstSync; page: Page } | undefined> {
    const sync = this.#due
    if (!sync) return undefined
    const ahead = this.#ahead?.sync === sync ? this.#ahead.page : null
    this.#ahead = null
    return { sync, page: await (ahead ?? this.#read(sync, sync.cursor ? firstRows : rows)) }
  }

  get #due(): FirstSync | undefined {
    return this.#firstSyncs.find(({ cursor }) => cursor !== null) ?? this.#firstSyncs[0]
  }

  /** The page goes down; the next one of so many rows is asked for. Streams take turns. Returns whether first sync is over. */
  turned({ stream, cursor }: FirstSync, page: Page, rows: number): boolean {
    this.#firstSyncs = this.#firstSyncs.filter(sync => sync.stream !== stream)
    if (cursor) this.#cursors.set(stream, cursor)
    if (page.token !== null) this.#firstSyncs.push({ stream, token: page.token, cursor: null })
    this.#expected = Math.max(0, this.#expected - page.rows.length)
    const next = this.#due
    if (next && next.cursor === null) {
      this.#ahead = { sync: next, page: this.#read(next, rows) }
      this.#ahead.page.catch(() => undefined) // told to whoever takes it
    }
    return this.#firstSyncs.length === 0
  }

  #read({ stream, token }: FirstSync, limit: number): Promise<Page> {
    const { activeSince } = this
    return this.#store.page({
      stream,
      token,
      limit,
      activeSince,
      itemsPerConversation: this.#itemsPerConversation,
    })
  }
}

const holds = (cursor: Cursor, head: Head): boolean =>
  cursor.epoch === head.epoch && cursor.version >= head.purgedThrough && cursor.version <= head.version
