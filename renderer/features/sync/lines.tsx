import type { ReactNode } from 'react'
import type { HeldEntry, OutboxEntry, RefusedEntry, UndeliveredEntry } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import { refusalSentence } from '../../app/refusals.ts'
import { act, request } from '../../store/core.ts'
import { useAgents, useInboxes } from '../../store/directory.ts'
import { useLiveOne } from '../../store/live.ts'
import { useMyId } from '../../store/states.ts'
import { open } from '../../store/view.ts'
import { Button } from '../../ui/button.tsx'
import { now, useNow } from '../../ui/clock.ts'
import { PopoverClose } from '../../ui/popover.tsx'
import { Progress } from '../../ui/progress.tsx'
import { sizeText } from '../../ui/size.ts'
import { shortTime } from '../../ui/time.ts'
import { holdReasonText } from '../timeline/hold-words.ts'
import { words as timelineWords } from '../timeline/words.ts'
import './lines.css'
import { changeName } from './change-name.ts'
import { words } from './words.ts'

export function WaitingLine({ entry }: { entry: OutboxEntry }) {
  const t = useWords(words)
  const { upload } = entry
  return (
    <Line
      who={entry.customerName}
      what={changeName(entry.name)}
      at={entry.writtenAt}
      text={entry.preview}
      conversationId={entry.conversationId}
    >
      <p className="line-state">
        {t(`for-${entry.waitsFor}`)}
        {upload && `, ${t('uploaded', { sent: sizeText(upload.sent), size: sizeText(upload.size) })}`}
      </p>
      {upload && <Progress label={t('for-attachment')} done={upload.sent} total={upload.size} />}
    </Line>
  )
}

export function HeldLine({ entry }: { entry: HeldEntry }) {
  const t = useWords(timelineWords)
  const agents = useAgents()
  const inboxes = useInboxes()
  const me = useMyId()
  const time = useNow()
  const reasons = entry.reasons.map(reason =>
    holdReasonText(reason, t, {
      agent: id => (id === null ? t('someone') : (agents.get(id)?.name ?? t('someone'))),
      customer: () => entry.customerName,
      inbox: id => inboxes.get(id)?.name ?? '',
      author: entry.agentId === me ? null : entry.agentId,
      time: at => shortTime(at, time),
    }),
  )
  return (
    <Line
      who={entry.customerName}
      what={agents.get(entry.agentId)?.name ?? ''}
      at={entry.item.writtenAt}
      text={entry.item.text}
      conversationId={entry.conversation.id}
      itemId={entry.item.id}
    >
      <p className="line-state line-warn">{reasons.join(', ')}</p>
    </Line>
  )
}

export function UndeliveredLine({ entry: { item, customerName } }: { entry: UndeliveredEntry }) {
  const t = useWords(words)
  const tell = useWords(timelineWords)
  const uncertain = item.delivery?.state === 'uncertain'
  const reason = item.delivery?.reason
  const decide = (as: 'send-again' | 'arrived') =>
    void act('delivery.resolve', { itemId: item.id, conversationId: item.conversationId, as, at: now() })
  return (
    <Line
      who={customerName}
      what={item.subject}
      at={item.at}
      text={item.text}
      conversationId={item.conversationId}
      itemId={item.id}
      actions={
        <>
          <Button small onClick={() => decide('send-again')}>
            {t('send-again')}
          </Button>
          {uncertain && (
            <Button small onClick={() => decide('arrived')}>
              {t('arrived')}
            </Button>
          )}
        </>
      }
    >
      <p className={uncertain ? 'line-state line-warn' : 'line-state line-bad'}>
        {uncertain ? t('uncertain') : reason ? tell(`reason-${reason.kind}`) : null}
        {!uncertain && reason?.detail && <q className="text">{reason.detail}</q>}
      </p>
    </Line>
  )
}

export function RefusedLine({ entry }: { entry: RefusedEntry }) {
  const t = useWords(words)
  const agents = useAgents()
  const holder = entry.params.agentId ? agents.get(entry.params.agentId)?.name : undefined
  const why = refusalSentence(entry.code, holder)
  return (
    <Line
      who={entry.customerName}
      what={changeName(entry.name)}
      at={entry.at}
      text={entry.preview}
      conversationId={entry.conversationId}
      actions={
        <Button small onClick={() => void request('dismissRefused', { id: entry.id })}>
          {t('dismiss')}
        </Button>
      }
    >
      <p className="line-state line-bad">
        {why} {entry.preview && t('words-kept')}
      </p>
    </Line>
  )
}

function Line({
  who,
  what,
  at,
  text,
  conversationId,
  itemId,
  actions,
  children,
}: {
  who: string
  what: string
  at: number
  text: string
  conversationId: string | null
  itemId?: string
  actions?: ReactNode
  children: ReactNode
}) {
  const t = useWords(words)
  const time = useNow()
  const conversation = useLiveOne('conversation', conversationId === null ? null : { id: conversationId })
  return (
    <li className="line">
      <div className="line-head">
        <span className="line-who trunc">{who || t('unknown-customer')}</span>
        <span className="faint trunc">{what}</span>
        <time className="line-time num">{shortTime(at, time)}</time>
      </div>
      {text && <p className="line-text trunc">{text}</p>}
      <div className="line-foot">
        {children}
        <div className="line-actions">
          {actions}
          {conversation && (
            <PopoverClose>
              <Button
                small
                kind="ghost"
                onClick={() =>
                  open({
                    customerId: conversation.customerId,
                    conversationId: conversation.id,
                    itemId: itemId ?? null,
                  })
                }
              >
                {t('look')}
              </Button>
            </PopoverClose>
          )}
        </div>
      </div>
    </li>
  )
}
