// What the core tells of what has just come becomes a sound, and where the person looks at something else a word in the corner. It never
// takes the focus. While no window has it the system's own notification says the same (electron/shell/notifications.ts).
import { useEffect } from 'react'
import type { EventOf } from '#shared/ipc/contract.ts'
import { momentOf, respond, waitsThere } from '#shared/rules/attention.ts'
import { say } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { onCore } from '../../store/core.ts'
import { useLive } from '../../store/live.ts'
import { isThreadInSight } from '../../store/one-column.ts'
import { dismissToast, toast, useToasts } from '../../store/toasts.ts'
import { useView } from '../../store/view.ts'
import { now } from '../../ui/clock.ts'
import { dayAndTime } from '../../ui/time.ts'
import { attentionNow, muteForAnHour, unmute, useAttention } from './preferences.ts'
import { hush, play } from './sound/player.ts'
import {
  forgetWay,
  interruptFor,
  leadBack,
  leadTo,
  type Place,
  useWaitingNow,
  useWayBack,
} from './to-who-waits.ts'
import { words } from './words.ts'

type Alert = EventOf<'arrived'>

/** Mounted once in every window. @param go leads to a conversation, from this window */
export function Attention({ go }: { go: (to: Place) => void }) {
  useEffect(() => {
    // One word for one conversation: the later takes the place of the earlier.
    const shown = new Map<string, number>()
    const takeBack = (conversationId: string): void => {
      const before = shown.get(conversationId)
      if (before !== undefined) dismissToast(before)
      shown.delete(conversationId)
    }
    const tell = (alert: Alert, text: string, label: string): void => {
      const attention = attentionNow()
      const { banner } = respond(alert, attention, momentOf(attention, now(), focusOn(alert)))
      if (banner !== 'toast') return
      takeBack(alert.conversationId)
      const id = toast(text, {
        tone: 'news',
        action: {
          label,
          shortcut: 'next-waiting',
          run: () => (waitsThere(alert, attention) ? interruptFor : leadTo)(go, alert),
        },
      })
      shown.set(alert.conversationId, id)
    }
    const ends = [
      onCore('erased', ({ conversationIds }) => conversationIds.forEach(takeBack)),
      onCore('sound', ({ motif }) => void play(motif, attentionNow().volume)),
      onCore('arrived', alert => tell(alert, sentenceOf(alert), say(words, 'open'))),
      onCore('arrivals', many => tell(many.alert, manyOf(many), say(words, 'open-longest'))),
    ]
    return () => {
      for (const end of ends) end()
      forgetWay()
      // Nobody sits here any more: nothing of anybody stays in the corner.
      for (const conversationId of [...shown.keys()]) takeBack(conversationId)
    }
  }, [go])
  const { mutedUntil } = useAttention()
  useEffect(() => {
    if (mutedUntil !== null && mutedUntil > now()) hush()
  }, [mutedUntil])
  useNextWaiting(go)
  useKey('mute', () => {
    const { mutedUntil } = attentionNow()
    if (mutedUntil === null || mutedUntil <= now())
      void muteForAnHour().then(() =>
        toast(say(words, 'muted-until', { time: dayAndTime(attentionNow().mutedUntil ?? now(), now()) })),
      )
    else void unmute().then(() => toast(say(words, 'unmuted')))
  })
  return null
}

/**
 * W: to whom the word in the corner is about; without one to who waits at the other end of a chat, one after the other, and then back to what
 * one was at; else to whoever waits longest, and from there to the next.
 */
function useNextWaiting(go: (to: Place) => void): void {
  const told = useToasts().findLast(({ action }) => action?.shortcut === 'next-waiting')
  const [rings] = useWaitingNow()
  const wayBack = useWayBack()
  const { rows } = useLive('waiting', {})
  const here = useView(view => view.conversationId)
  const at = rows.findIndex(({ conversationId }) => conversationId === here)
  const next = rows.length > 0 && !(rows.length === 1 && at === 0) ? rows[(at + 1) % rows.length] : undefined
  useKey(
    'next-waiting',
    told
      ? () => {
          told.action?.run()
          dismissToast(told.id)
        }
      : rings
        ? () => interruptFor(go, rings)
        : wayBack
          ? () => leadBack(go, wayBack)
          : next
            ? () => leadTo(go, next)
            : null,
  )
}

function focusOn({ conversationId }: Alert): 'here' | 'elsewhere' | 'away' {
  if (!document.hasFocus()) return 'away'
  const { section, conversationId: shown } = useView.getState()
  return section === 'inbox' && shown === conversationId && isThreadInSight() ? 'here' : 'elsewhere'
}

function sentenceOf({ kind, customerName, preview }: Alert): string {
  const who = customerName || say(words, 'someone')
  const sort = kind === 'new' || kind === 'queue' || kind === 'mine' ? 'wrote' : kind
  return say(words, sort, { who, text: preview })
}

const manyOf = ({ customers: count, longest }: EventOf<'arrivals'>): string =>
  longest
    ? say(words, 'many-since', { count, time: dayAndTime(longest.since, now()) })
    : say(words, 'many', { count })
