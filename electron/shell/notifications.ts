// What wants attention while no window has it, as the system's own notifications: answered, put off and opened from there, and taken back
// as soon as it was seen anywhere (S9: they hold content). Sounds are the page's; only where there is no page the system makes one.
import type { Notification, NotificationConstructorOptions } from 'electron'
import type { EventOf } from '#shared/ipc/contract.ts'
import type { Destination } from '#shared/ipc/shell.ts'
import { type Attention, momentOf, type Response, respond } from '#shared/rules/attention.ts'
import type { ElectronModule } from './electron-module.ts'
import type { CoreWatch } from './watch.ts'
import type { Words } from './words.ts'

type Alert = EventOf<'arrived'>

export interface NotificationDeps {
  electron: ElectronModule
  platform: NodeJS.Platform
  words(): Words
  attention(): Attention
  /** True while a window has the keyboard: the page shows arrivals itself. */
  watching(): boolean
  /** Whether a page is there to make the sounds. */
  heard(): boolean
  ask: CoreWatch['ask']
  show(to: Destination): void
  flash(): void
  now(): number
}

export interface Notifications {
  arrived(alert: Alert): void
  arrivals(many: EventOf<'arrivals'>): void
  /** What still wants attention: the rest was seen, here or elsewhere. */
  standing(ids: ReadonlySet<string>): void
  /** Takes back everything shown. */
  clear(): void
}

const LONGEST = 200
/** What is about an answer of one's own, or from somebody else: an answer from here would go to the customer. */
const toNobody: ReadonlySet<Alert['kind']> = new Set(['failed', 'held', 'aside'])
const HOUR = 3_600_000

export const createNotifications = (deps: NotificationDeps): Notifications => {
  // One a conversation: a later message replaces the earlier one, and a busy customer does not fill the screen.
  const shown = new Map<string, { notification: Notification; alertId: string | null }>()
  const drop = (conversationId: string): void => {
    shown.get(conversationId)?.notification.close()
    shown.delete(conversationId)
  }

  /** @param alertId with which it goes; null: it stays until it is closed */
  const put = (
    to: Alert,
    options: NotificationConstructorOptions,
    alertId: string | null = to.id,
  ): Notification | undefined => {
    const { electron } = deps
    if (!electron.Notification.isSupported()) return undefined
    drop(to.conversationId)
    const notification = new electron.Notification({ silent: deps.heard(), ...options })
    notification.on('click', () => {
      drop(to.conversationId)
      deps.show({ customerId: to.customerId, conversationId: to.conversationId })
    })
    notification.on('close', () => {
      if (shown.get(to.conversationId)?.notification === notification) shown.delete(to.conversationId)
    })
    shown.set(to.conversationId, { notification, alertId })
    notification.show()
    return notification
  }

  const responseTo = (alert: Alert): Response => {
    const attention = deps.attention()
    return respond(alert, attention, momentOf(attention, deps.now(), deps.watching() ? 'elsewhere' : 'away'))
  }

  const arrived = (alert: Alert): void => {
    const response = responseTo(alert)
    if (response.flash) deps.flash()
    if (response.banner !== 'system') return
    const words = deps.words()
    const snoozes = snoozeTimes(deps.now())
    const mayAnswer = alert.family === 'chat' && !toNobody.has(alert.kind)
    const notification = put(alert, {
      ...saying(alert, deps.attention().content, words),
      ...(response.repeat || alert.priority === 'urgent'
        ? { urgency: 'critical', timeoutType: 'never' }
        : {}),
      ...(mayAnswer && deps.platform !== 'linux'
        ? { hasReply: true, replyPlaceholder: words.replyHere }
        : {}),
      actions: [
        { type: 'button', text: words.snoozeHour },
        { type: 'button', text: words.snoozeTomorrow },
      ],
    })
    notification?.on('reply', ({ reply }) => void answer(alert, reply))
    notification?.on('action', ({ actionIndex }) => {
      const until = snoozes[actionIndex]
      if (until === undefined) return
      drop(alert.conversationId)
      const args = { conversationId: alert.conversationId, at: deps.now(), until }
      void deps.ask('mutate', { name: 'conversation.snooze', args }).then(result => {
        if (!result.ok) put(alert, { title: alert.customerName, body: words.notSnoozed }, null)
      })
    })
  }

  /** As any reply, with what was seen here. A failure is told; the words are a draft then. */
  const answer = async (alert: Alert, text: string): Promise<void> => {
    const { conversationId, seq } = alert
    if (text.trim() === '') return
    drop(conversationId)
    const result = await deps.ask('quickReply', { conversationId, seq, text: text.trim() })
    const words = deps.words()
    // One that is held for a look is told by the core, as any.
    if (!result.ok) put(alert, { title: alert.customerName, body: words.notSent, urgency: 'critical' }, null)
  }

  return {
    arrived,
    arrivals({ customers, longest, alert }) {
      const { banner, flash } = responseTo(alert)
      if (flash) deps.flash()
      if (banner !== 'system') return
      const words = deps.words()
      put(longest ? { ...alert, ...longest } : alert, {
        title: words.manyWrote(customers),
        body: longest ? words.longestSince(clock(longest.since, deps.now(), words.locale)) : '',
      })
    },
    standing(ids) {
      for (const [conversationId, { alertId }] of [...shown])
        if (alertId !== null && !ids.has(alertId)) drop(conversationId)
    },
    clear() {
      for (const conversationId of [...shown.keys()]) drop(conversationId)
    },
  }
}

/** What a notification says, as far as whoever passes by the screen may read it. */
const saying = (
  { kind, customerName, preview }: Alert,
  content: Attention['content'],
  words: Words,
): { title: string; body: string } => {
  const sort = words.kinds[kind]
  if (content === 'nothing') return { title: 'Skein', body: sort }
  if (content === 'names') return { title: customerName, body: sort }
  const wrote = kind === 'new' || kind === 'queue' || kind === 'mine'
  return {
    title: customerName,
    body: (wrote ? preview || sort : words.colon(sort, preview)).slice(0, LONGEST),
  }
}

/** In an hour, and at nine tomorrow morning. */
const snoozeTimes = (now: number): [number, number] => {
  const morning = new Date(now)
  morning.setDate(morning.getDate() + 1)
  return [now + HOUR, morning.setHours(9, 0, 0, 0)]
}

/** `02:14`; of another day with its weekday. */
const clock = (at: number, now: number, locale: string): string => {
  const other = new Date(at).toDateString() !== new Date(now).toDateString()
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    ...(other ? { weekday: 'short' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}
