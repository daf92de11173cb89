import type { EventOf } from '#shared/ipc/contract.ts'
import type { Preferences } from '#shared/ipc/states.ts'
import type { Alert } from '#shared/queries/index.ts'
import {
  attentionOf,
  isKeptBack,
  loudestOf,
  type Motif,
  momentOf,
  pauseAfter,
  type Response,
  respond,
} from '#shared/rules/attention.ts'
import type { Tell } from '../desk.ts'
import type { Ground } from '../ground.ts'

/** What is looked at is read within this; only what is not is told. Milliseconds. */
const NOTICE = 700
/** Told one by one up to here; a person who was away for long is not rung a hundred times. */
const FEW = 3
/** What was told is remembered of so many at least; a desk runs for weeks. */
const REMEMBERED = 2_000
/** While nothing may sound it is looked at again after so long, for quiet hours end by themselves. Milliseconds. */
const SILENCE = 30_000

export interface AttentionDeps {
  ground: Ground
  tell: Tell
  preferences(): Preferences
  /** Whether anything may be told: somebody is signed in and the desk is not locked. */
  open(): boolean
  /** Whether the hub is being reached, or what was missed is still coming: it is told together when it is here. */
  catchingUp(): boolean
}

/**
 * Decides when a person is told, from what `alerts` holds. Guards: what was told is not told again, whatever reconnects (a mark is told
 * once); what stands when the desk opens is not news, but who waits at the other end of it rings; what rings stops when the rows say that
 * it was seen. It lives in the core, whose clock runs while windows are hidden and their timers are not.
 */
export interface Attention {
  /** All that stands now. `first`: as the desk finds it. */
  stand(alerts: readonly Alert[], first: boolean): void
  /** The machine woke: who still waits is heard at once. */
  woke(): void
  /** What a person wants has changed. */
  wantedChanged(): void
  stop(): void
}

export function createAttention({ ground, tell, preferences, open, catchingUp }: AttentionDeps): Attention {
  let standing = new Map<string, Alert>()
  /** The mark up to which each was told. */
  const told = new Map<string, number>()
  const fresh = new Set<string>()
  let times = 0
  let cancelTelling: (() => void) | undefined
  let cancelLater: (() => void) | undefined
  let cancelRing: (() => void) | undefined

  const responseTo = (alert: Alert): Response => {
    const wanted = attentionOf(preferences().attention)
    // Who looks at it has read it by now; whether another window has the keyboard only says who shows the banner.
    return respond(alert, wanted, momentOf(wanted, ground.now(), 'away'))
  }

  const telling = (): void => {
    cancelTelling = undefined
    if (fresh.size === 0) return
    if (catchingUp()) {
      plan()
      return
    }
    const [back, news] = keptBack([...fresh].flatMap(id => standing.get(id) ?? []))
    fresh.clear()
    for (const { id } of back) fresh.add(id)
    for (const { id, mark } of news) told.set(id, mark)
    forget()
    cancelLater?.()
    cancelLater = back.length > 0 ? ground.after(SILENCE, telling) : undefined
    if (!open() || news.length === 0) return
    const shown = news.filter(alert => responseTo(alert).banner !== null)
    if (shown.length > FEW) tell('arrivals', summaryOf(shown))
    else for (const alert of shown) tell('arrived', eventOf(alert))
    times = 0
    sound(news)
    ring()
  }
  /** What quiet hours keep back, and the rest. */
  const keptBack = (alerts: readonly Alert[]): [Alert[], Alert[]] => {
    const wanted = attentionOf(preferences().attention)
    const moment = momentOf(wanted, ground.now(), 'away')
    const isBack = (alert: Alert): boolean => isKeptBack(alert, wanted, moment)
    return [alerts.filter(isBack), alerts.filter(alert => !isBack(alert))]
  }
  /** The oldest first, and none that stands. */
  const forget = (): void => {
    if (told.size < 2 * REMEMBERED) return
    for (const id of told.keys()) {
      if (told.size <= REMEMBERED) return
      if (!standing.has(id)) told.delete(id)
    }
  }
  const plan = (): void => {
    cancelTelling ??= ground.after(NOTICE, telling)
  }

  const sound = (alerts: readonly Alert[]): Motif | undefined => {
    const motif = loudestOf(alerts.flatMap(alert => responseTo(alert).sound ?? []))
    if (motif) tell('sound', { motif })
    return motif
  }

  /** Who rings until seen, whether or not a sound may be made now. */
  const ringing = (): Alert[] => {
    const wanted = attentionOf(preferences().attention)
    const anytime = { quiet: false, muted: false, focus: 'away' } as const
    return [...standing.values()].filter(
      alert => told.has(alert.id) && respond(alert, wanted, anytime).repeat,
    )
  }

  /** Plans the next ring; none where nobody waits for one. */
  const ring = (soon?: number): void => {
    cancelRing?.()
    cancelRing = undefined
    const waiting = ringing()
    if (waiting.length === 0) {
      times = 0
      return
    }
    const audible = loudestOf(waiting.flatMap(alert => responseTo(alert).sound ?? []))
    cancelRing = ground.after(soon ?? (audible ? pauseAfter(audible, times) : SILENCE), () => {
      // What is still coming may say that somebody else has seen to them.
      if (catchingUp()) {
        ring(NOTICE)
        return
      }
      const heard = open() ? sound(ringing()) : undefined
      times = heard ? times + 1 : 0
      ring()
    })
  }

  return {
    stand(alerts, first) {
      standing = new Map(alerts.map(alert => [alert.id, alert]))
      for (const id of fresh) if (!standing.has(id)) fresh.delete(id)
      for (const { id, mark } of alerts) {
        if (first) told.set(id, mark)
        else if (mark > (told.get(id) ?? -1)) fresh.add(id)
      }
      if (fresh.size > 0) plan()
      // Who waited before the desk was opened is heard as soon as it is; nothing rings on for whom nobody waits.
      if (cancelRing === undefined || ringing().length === 0) ring(first ? NOTICE : undefined)
    },
    woke() {
      times = 0
      ring(NOTICE)
    },
    wantedChanged() {
      if (fresh.size > 0) plan()
      ring()
    },
    stop() {
      cancelTelling?.()
      cancelLater?.()
      cancelRing?.()
      cancelTelling = undefined
      cancelRing = undefined
    },
  }
}

const eventOf = ({ mark: _, since: __, ...rest }: Alert): EventOf<'arrived'> => rest

/** Many at once, in one sentence: how many customers, and who of them has waited longest. */
function summaryOf(alerts: readonly Alert[]): EventOf<'arrivals'> {
  const waiting = alerts
    .filter((alert): alert is Alert & { since: number } => alert.since !== null)
    .sort((one, other) => one.since - other.since)
  const [longest] = waiting
  return {
    customers: new Set(alerts.map(({ customerId }) => customerId)).size,
    longest: longest
      ? {
          conversationId: longest.conversationId,
          customerId: longest.customerId,
          since: longest.since,
        }
      : null,
    alert: eventOf(longest ?? alerts[0]!),
  }
}
