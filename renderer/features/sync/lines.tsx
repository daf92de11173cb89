import { Clock } from 'lucide-react'
import { glimpseOf } from '#shared/mutations/timeline.ts'
import type {
  HeldEntry,
  OutboxEntry,
  PlannedEntry,
  RefusedEntry,
  UndeliveredEntry,
} from '#shared/queries/index.ts'
import { sentences, useWords } from '../../app/i18n.ts'
import { refusalSentence } from '../../app/refusals.ts'
import { act, request } from '../../store/core.ts'
import { useAgents, useInboxes } from '../../store/directory.ts'
import { useMyId, useSync } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { now, useNow } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Progress } from '../../ui/progress.tsx'
import { shortTime } from '../../ui/time.ts'
import { LaterWords } from '../team/later/later-line.tsx'
import { holdReasonText } from '../timeline/hold-words.ts'
import { words as timelineWords } from '../timeline/words.ts'
import { changeName, messageName } from './change-name.ts'
import { Line } from './line.tsx'
import { RefusedEdit } from './refused-edit.tsx'
import { waitText } from './wait-words.ts'
import { words } from './words.ts'

export function WaitingLine({ entry, others }: { entry: OutboxEntry; others: readonly OutboxEntry[] }) {
  const t = useWords(words)
  const sync = useSync()
  const { upload } = entry
  return (
    <Line
      what={changeName(entry.name, entry.customerName)}
      at={entry.writtenAt}
      aged
      text={entry.preview}
      place={entry}
    >
      <p className="line-state line-waits">
        <Icon of={Clock} size="xs" />
        {waitText(entry, sync, others)}
      </p>
      {entry.waitsFor === 'attachment' && upload && (
        <Progress label={t('uploading')} done={upload.sent} total={upload.size} />
      )}
    </Line>
  )
}

export function HeldLine({ entry }: { entry: HeldEntry }) {
  const t = useWords(timelineWords)
  const tell = useWords(words)
  const agents = useAgents()
  const inboxes = useInboxes()
  const me = useMyId()
  const time = useNow()
  const own = entry.agentId === me
  const author = agents.get(entry.agentId)?.name ?? t('someone')
  const reasons = entry.reasons.map(reason =>
    holdReasonText(reason, t, {
      agent: id => (id === null ? t('someone') : (agents.get(id)?.name ?? t('someone'))),
      customer: () => entry.customerName,
      own: entry.conversation.customerId,
      inbox: id => inboxes.get(id)?.name ?? '',
      author: own ? null : entry.agentId,
      time: at => shortTime(at, time),
    }),
  )
  return (
    <Line
      what={messageName(entry.item, entry.customerName, own ? '' : author)}
      at={entry.item.writtenAt}
      text={glimpseOf(entry.item)}
      place={{
        customerId: entry.conversation.customerId,
        conversationId: entry.conversation.id,
        itemId: entry.item.id,
      }}
    >
      <p className="line-state line-warn">{reasons.join(tell('reasons-and'))}</p>
    </Line>
  )
}

export function UndeliveredLine({ entry: { item, customerName } }: { entry: UndeliveredEntry }) {
  const t = useWords(words)
  const tell = useWords(timelineWords)
  const agents = useAgents()
  const me = useMyId()
  const uncertain = item.delivery?.state === 'uncertain'
  const reason = item.delivery?.reason
  const { author } = item
  const other = author.kind === 'agent' && author.agentId !== me ? agents.get(author.agentId)?.name : ''
  const decide = (as: 'send-again' | 'arrived') =>
    void act('delivery.resolve', { itemId: item.id, conversationId: item.conversationId, as, at: now() })
  return (
    <Line
      what={messageName(item, customerName, other ?? '')}
      at={item.at}
      text={glimpseOf(item)}
      place={{ customerId: item.customerId, conversationId: item.conversationId, itemId: item.id }}
      actions={
        <>
          {uncertain && (
            <Button small onClick={() => decide('arrived')}>
              {t('arrived')}
            </Button>
          )}
          <Button small onClick={() => decide('send-again')}>
            {t(uncertain ? 'send-again' : 'try-again')}
          </Button>
        </>
      }
    >
      <p className={uncertain ? 'line-state line-warn' : 'line-state line-bad'}>
        {uncertain ? t('uncertain') : reason ? tell(`reason-${reason.kind}`) : tell('failed')}
        {!uncertain && reason?.detail && <q className="text">{reason.detail}</q>}
      </p>
    </Line>
  )
}

/** A message that leaves at its time: when, and the way to it. */
export function PlannedLine({ entry: { item, customerName } }: { entry: PlannedEntry }) {
  const later = item.delivery?.later
  return (
    <Line
      what={messageName(item, customerName, '')}
      at={item.at}
      text={glimpseOf(item)}
      place={{ customerId: item.customerId, conversationId: item.conversationId, itemId: item.id }}
    >
      {later && (
        <p className="line-state">
          <LaterWords later={later} />
        </p>
      )}
    </Line>
  )
}

export const RefusedLine = ({ entry }: { entry: RefusedEntry }) =>
  entry.params.customerId && entry.params.field ? (
    <RefusedEdit entry={entry} />
  ) : (
    <RefusedChange entry={entry} />
  )

function RefusedChange({ entry }: { entry: RefusedEntry }) {
  const t = useWords(words)
  const agents = useAgents()
  const holder = entry.params.agentId ? agents.get(entry.params.agentId)?.name : undefined
  const why = refusalSentence(entry.code, holder)
  return (
    <Line
      what={changeName(entry.name, entry.customerName)}
      at={entry.at}
      text={entry.preview}
      place={entry}
      actions={
        <Button small onClick={() => void request('dismissRefused', { id: entry.id })}>
          {t('dismiss')}
        </Button>
      }
    >
      <p className="line-state line-bad">{sentences(why, entry.preview && t('words-kept'))}</p>
    </Line>
  )
}
