import { ChevronRight } from 'lucide-react'
import type { InboxReport } from '#shared/protocol/inboxes.ts'
import { type Say, useWords } from '../../../app/i18n.ts'
import { ChannelIcon } from '../../../ui/channel-icon.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { useNow } from '../../../ui/clock.ts'
import { Icon } from '../../../ui/icon.tsx'
import { dayAndTime } from '../../../ui/time.ts'
import { words as troubles } from './trouble.words.ts'
import { words } from './words.ts'

/** Every inbox with how it is. */
export function InboxList({
  inboxes,
  onOpen,
}: {
  inboxes: readonly InboxReport[]
  onOpen(inbox: InboxReport): void
}) {
  return (
    <ul className="pages-list">
      {inboxes.map(inbox => (
        <li key={inbox.inboxId}>
          <button
            type="button"
            className="pages-row"
            disabled={inbox.about === null}
            onClick={() => onOpen(inbox)}
          >
            <ChannelIcon family={inbox.channel === 'chat' ? 'chat' : 'email'} size="m" />
            <span className="pages-names">
              <span className="pages-name text">{inbox.name}</span>
              {inbox.name !== inbox.address && <span className="meta faint text">{inbox.address}</span>}
            </span>
            <State inbox={inbox} />
            <Icon of={ChevronRight} size="s" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function State({ inbox }: { inbox: InboxReport }) {
  const t = useWords(words)
  const why = useWords(troubles)
  const now = useNow()
  const { text, tone } = stateOf(inbox, now, t, why)
  if (!inbox.active) return <Chip>{text}</Chip>
  return (
    <span className="pages-state" data-bad={tone === 'bad' ? '' : undefined}>
      {text}
    </span>
  )
}

type Tone = 'plain' | 'bad'

/** How an inbox is, in the words of whoever looks after it. */
function stateOf(
  { active, about }: InboxReport,
  now: number,
  t: Say<typeof words>,
  why: Say<typeof troubles>,
): { text: string; tone: Tone } {
  if (about === null) return { text: t('state-closed'), tone: 'bad' }
  if (!active) return { text: t('paused'), tone: 'plain' }
  if (about.kind === 'chat') return { text: t('state-chat'), tone: 'plain' }
  if (about.imap === null) return { text: t('state-port'), tone: 'plain' }
  const trouble = about.folders.find(folder => folder.trouble && folder.connectedSince === null)?.trouble
  if (trouble) return { text: why(trouble.kind), tone: 'bad' }
  const troubled = about.folders.reduce((sum, folder) => sum + folder.troubled, 0)
  if (troubled > 0) return { text: t('state-troubled', { count: troubled }), tone: 'bad' }
  const since = about.folders.map(({ connectedSince }) => connectedSince)
  if (since.length === 0 || since.includes(null)) return { text: t('state-connecting'), tone: 'plain' }
  const last = Math.max(...about.folders.map(({ lastMailAt }) => lastMailAt ?? 0))
  const connected = t('state-watching', { since: dayAndTime(Math.max(...(since as number[])), now) })
  const mail = last > 0 ? t('state-last-mail', { time: dayAndTime(last, now) }) : t('state-no-mail')
  return { text: `${connected} · ${mail}`, tone: 'plain' }
}
