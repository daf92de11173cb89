// The shell as a client of the core, over the same contract as a window: what it needs for the tray and for notifications
// comes this way, so both work while the window is hidden.
import type { MessagePortMain } from 'electron'
import { type EventOf, events, ToRenderer } from '#shared/ipc/contract.ts'
import { type ConversationLine, queries } from '#shared/queries/index.ts'
import type { Locale } from './words.ts'

export interface Watcher {
  arrived(event: EventOf<'arrived'>): void
  unread(count: number): void
  /** The language chosen in the desk; undefined follows the system. */
  language(chosen: Locale | undefined): void
  /** The desk's person has signed out: nothing of theirs stays on the screen. */
  signedOut(): void
}

const mine = { view: 'mine', inboxId: null, sort: 'newest', offset: 0, limit: 300 } as const

/** Listens until the port closes. */
export const watchCore = (port: MessagePortMain, watcher: Watcher): void => {
  const unread = new Map<string, boolean>()
  const take = (rows: unknown[]): void => {
    for (const row of rows as ConversationLine[]) unread.set(queries.conversations.key(row), row.unread)
  }
  const tell = (): void => watcher.unread([...unread.values()].filter(Boolean).length)

  const onMessage = (data: unknown): void => {
    const parsed = ToRenderer.safeParse(data)
    if (!parsed.success) return
    const message = parsed.data
    if (message.t === 'snapshot') {
      unread.clear()
      take(message.rows)
      tell()
    } else if (message.t === 'difference') {
      for (const key of message.drop) unread.delete(key)
      take(message.put)
      tell()
    } else if (message.t === 'event') onEvent(message.name, message.value)
  }

  const onEvent = (name: string, value: unknown): void => {
    if (name === 'arrived') {
      const event = events.arrived.safeParse(value)
      if (event.success) watcher.arrived(event.data)
    } else if (name === 'preferences') {
      const preferences = events.preferences.safeParse(value)
      if (!preferences.success) return
      const { language } = preferences.data
      watcher.language(language === 'system' ? undefined : language)
    } else if (name === 'desk') {
      const desk = events.desk.safeParse(value)
      if (!desk.success || desk.data.phase === 'signed-in' || desk.data.phase === 'opening') return
      unread.clear()
      tell()
      watcher.signedOut()
    }
  }

  port.on('message', ({ data }) => onMessage(data))
  port.start()
  port.postMessage({ t: 'subscribe', id: 1, query: 'conversations', args: mine })
}
