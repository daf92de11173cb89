import { CalendarDays, CalendarX2, Lock, ShieldAlert, ShieldCheck, Signature } from 'lucide-react'
import type { Item, MailEvent } from '#shared/model/item.ts'
import { Icon } from '../../ui/icon.tsx'
import { type TimelineSay, useTimelineWords } from './context.ts'

/** What a mail is besides its words: invitations, signed or encrypted, and whether its sender is who it claims to be. */
export function MailFacts({ item: { mail } }: { item: Item }) {
  const say = useTimelineWords()
  if (!mail) return null
  const { events = [], protection, sender } = mail
  if (events.length === 0 && !protection && !sender) return null
  return (
    <ul className="tl-facts">
      {sender && (
        <li className={sender === 'unverified' ? 'tl-fact-warn' : ''}>
          <Icon of={sender === 'verified' ? ShieldCheck : ShieldAlert} size="xs" />
          {say(`sender-${sender}`)}
        </li>
      )}
      {protection && (
        <li>
          <Icon of={protection.endsWith('signed') ? Signature : Lock} size="xs" />
          {say(`protection-${protection}`)}
        </li>
      )}
      {events.map(event => (
        <li key={JSON.stringify(event)}>
          <Icon of={event.method === 'cancel' ? CalendarX2 : CalendarDays} size="xs" />
          <span className="text" dir="auto">
            {eventText(event, say)}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** One line: what, when, where, by whom. Times are those of the zone that is named. */
export function eventText(event: MailEvent, say: TimelineSay): string {
  const { method, summary, start, end, zone, location, organizer } = event
  const [day, hour] = start.split(' ')
  const until = end.startsWith(`${day} `) ? end.slice(11) : end
  const when = [until && hour ? `${start} – ${until}` : start, zone && hour ? `(${zone})` : '']
    .filter(Boolean)
    .join(' ')
  const what = say(`event-${method}`, { summary: summary || say('event-unnamed') })
  return [what, when, location, organizer].filter(Boolean).join(' · ')
}
