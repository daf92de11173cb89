// How old what is shown is, in words (S25). One place, so that banner, panel and list never contradict each other.
import type { SyncState } from '#shared/ipc/states.ts'
import { type Say, say } from '../../app/i18n.ts'
import { numberText } from '../../ui/numbers.ts'
import { dayAndTime, span } from '../../ui/time.ts'
import { words } from './words.ts'

/** What you see is from then, and how long ago that is. */
export function dataAge({ currentAt }: Pick<SyncState, 'currentAt'>, now: number): string {
  if (currentAt === null) return say(words, 'never-whole')
  const time = dayAndTime(currentAt, now)
  const ago = now - currentAt
  return ago < 60_000 ? say(words, 'data-from', { time }) : say(words, 'data-ago', { time, ago: span(ago) })
}

/** Offline since when; a hub that answers but takes nobody in is not a network that is gone. */
export function offlineText(sync: SyncState, now: number, t: Say<typeof words>): string {
  const busy = sync.fault?.kind === 'hub-busy'
  if (sync.offlineSince === null) return t(busy ? 'hub-busy' : 'offline')
  return t(busy ? 'hub-busy-since' : 'offline-since', { time: dayAndTime(sync.offlineSince, now) })
}

/** How far it has come, in figures where they are known. */
export function progressText({ progress }: SyncState, first: boolean, t: Say<typeof words>): string {
  if (!progress || progress.total === 0) return t(first ? 'fetching-unknown' : 'catching-up-unknown')
  return t(first ? 'fetching-figures' : 'catching-up', {
    done: numberText(progress.done),
    total: numberText(progress.total),
  })
}
