import { z } from 'zod'
import type { ChannelFamily } from '../model/channel.ts'
import type { Priority } from '../model/conversation.ts'
import { isQuiet, QuietHours, usualQuiet, weekTime } from './quiet-hours.ts'

/** What is worth a person's attention, and how much of it: one rule for page, shell and core. */

export const alertKinds = [
  /** A customer nobody has answered yet, with nobody. */
  'new',
  /** A customer who came back, with nobody. */
  'queue',
  /** A customer of mine wrote. */
  'mine',
  /** Somebody gave me a conversation. */
  'assigned',
  /** Somebody who was asked beside the conversation has answered; of mine, or one that I asked about and nobody has. */
  'aside',
  /** A colleague named me. */
  'mention',
  /** A message of mine did not leave, or nobody knows whether it did. */
  'failed',
  /** A reply of mine is held for a look. */
  'held',
] as const
export const AlertKind = z.enum(alertKinds)
export type AlertKind = z.infer<typeof AlertKind>

export const motifs = ['mail', 'chat', 'phone', 'mention', 'failure'] as const
export const Motif = z.enum(motifs)
export type Motif = z.infer<typeof Motif>

/** What a person wants of one kind. */
export const Wanted = z.object({ banner: z.boolean(), sound: z.boolean(), repeat: z.boolean() })
export type Wanted = z.infer<typeof Wanted>

export const AttentionPreferences = z.object({
  kinds: z.partialRecord(AlertKind, Wanted).optional(),
  /** 0 to 1. */
  volume: z.number().min(0).max(1).optional(),
  quiet: QuietHours.optional(),
  /** Urgent ones are told in quiet hours too. */
  urgentBreaks: z.boolean().optional(),
  /** No sound until then; what is told is told in silence. */
  mutedUntil: z.int().nullable().optional(),
  /** What a banner shows to whoever sees the screen. */
  content: z.enum(['all', 'names', 'nothing']).optional(),
})
export type AttentionPreferences = z.infer<typeof AttentionPreferences>

const everything: Wanted = { banner: true, sound: true, repeat: true }
const once: Wanted = { banner: true, sound: true, repeat: false }

/** As it is until somebody chooses otherwise. */
export const usualWanted: Record<AlertKind, Wanted> = {
  new: everything,
  queue: everything,
  mine: everything,
  assigned: everything,
  aside: once,
  mention: once,
  failed: once,
  held: once,
}

/** Preferences with nothing left open. */
export interface Attention {
  kinds: Record<AlertKind, Wanted>
  volume: number
  quiet: QuietHours
  urgentBreaks: boolean
  mutedUntil: number | null
  content: 'all' | 'names' | 'nothing'
}

/** What is usual where nothing was chosen. */
export const attentionOf = (chosen: AttentionPreferences | undefined): Attention => ({
  volume: chosen?.volume ?? 0.7,
  quiet: chosen?.quiet ?? usualQuiet,
  urgentBreaks: chosen?.urgentBreaks ?? false,
  mutedUntil: chosen?.mutedUntil ?? null,
  content: chosen?.content ?? 'all',
  kinds: { ...usualWanted, ...chosen?.kinds },
})

export interface Alerting {
  kind: AlertKind
  family: ChannelFamily
  priority: Priority
}

/** What stands around an alert. */
export interface Moment {
  quiet: boolean
  muted: boolean
  /** No window of the desk has the keyboard; one has, with this conversation; one has, with something else. */
  focus: 'away' | 'here' | 'elsewhere'
}

export const momentOf = ({ quiet, mutedUntil }: Attention, now: number, focus: Moment['focus']): Moment => ({
  quiet: isQuiet(quiet, weekTime(now)),
  muted: mutedUntil !== null && now < mutedUntil,
  focus,
})

export interface Response {
  /** Where it is shown: by the system, by the page in a corner, or nowhere. */
  banner: 'system' | 'toast' | null
  sound: Motif | null
  /** The sound comes again until the customer was seen to. */
  repeat: boolean
  /** Counted beside the clock and in the dock. */
  badge: true
  /** The task bar's entry flashes. */
  flash: boolean
}

/** Quiet hours keep it back: it is told when they end, if it still stands then. */
export const isKeptBack = (
  { priority }: Pick<Alerting, 'priority'>,
  { urgentBreaks }: Attention,
  { quiet }: Pick<Moment, 'quiet'>,
): boolean => quiet && !(priority === 'urgent' && urgentBreaks)

const live: ReadonlySet<ChannelFamily> = new Set(['chat', 'phone'])
const fromCustomers: ReadonlySet<AlertKind> = new Set(['new', 'queue', 'mine', 'assigned'])

/** Kinds that can ring until seen: only there a customer sits and waits. */
export const mayRepeat = (kind: AlertKind): boolean => fromCustomers.has(kind)

/**
 * How an alert is told; pure. Where somebody waits at the other end (chat, phone) it rings until seen; what is written and read later
 * sounds once. Quiet hours take sound and banner, never the count. What is low in priority is only counted.
 */
export function respond(alert: Alerting, preferences: Attention, moment: Moment): Response {
  const { muted, focus } = moment
  const wanted = preferences.kinds[alert.kind]
  const told = !isKeptBack(alert, preferences, moment) && alert.priority !== 'low' && focus !== 'here'
  const repeat = wanted.repeat && live.has(alert.family) && mayRepeat(alert.kind)
  const sounds = told && wanted.sound && !muted
  return {
    banner: told && wanted.banner ? (focus === 'away' ? 'system' : 'toast') : null,
    sound: sounds ? motifOf(alert) : null,
    repeat: sounds && repeat,
    badge: true,
    flash: told && wanted.banner && focus === 'away' && (repeat || alert.priority === 'urgent'),
  }
}

/**
 * Whether somebody sits at the other end of it and waits, and this person wants to know: it is shown until they were seen to, whether or not
 * a sound may be made now.
 */
export const waitsThere = ({ kind, family, priority }: Alerting, { kinds }: Attention): boolean =>
  live.has(family) && mayRepeat(kind) && priority !== 'low' && (kinds[kind].banner || kinds[kind].sound)

function motifOf({ kind, family }: Alerting): Motif {
  if (kind === 'failed' || kind === 'held') return 'failure'
  if (kind === 'mention') return 'mention'
  // A letter, whatever the conversation is.
  if (kind === 'aside') return 'mail'
  if (family === 'chat' || family === 'phone') return family
  return kind === 'assigned' ? 'mention' : 'mail'
}

/** Of several at once one sounds. */
const loudest: readonly Motif[] = ['phone', 'chat', 'failure', 'mention', 'mail']
export const loudestOf = (heard: readonly Motif[]): Motif | undefined =>
  loudest.find(motif => heard.includes(motif))

/**
 * Milliseconds until a sound that nobody has reacted to comes again, the first time being 0: soon at first, and never seldom enough to
 * be forgotten. A telephone rings.
 */
export const pauseAfter = (motif: Motif, times: number): number => {
  if (motif === 'phone') return 4_000
  return times < 6 ? 10_000 : times < 16 ? 30_000 : 120_000
}
