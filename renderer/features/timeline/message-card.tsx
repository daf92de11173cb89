import { Ellipsis, FileCode2, Forward, TriangleAlert, Type } from 'lucide-react'
import { useState } from 'react'
import { type Item, type Mailbox, mailboxText } from '#shared/model/item.ts'
import { useLiveOne } from '../../store/live.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { listText } from '../../ui/numbers.ts'
import { clockTime, fullTime } from '../../ui/time.ts'
import { forwardMail } from '../composer/calls.ts'
import { LaterActs } from '../team/later/later-line.tsx'
import { Attachments } from './attachments.tsx'
import { authorName, type TimelineSay, useThread, useTimelineWords } from './context.ts'
import { DeliveryLine, DeliveryTrouble } from './delivery.tsx'
import { MailFacts } from './mail-facts.tsx'
import { MailFrame } from './mail-frame.tsx'
import { Pending } from './pending.tsx'
import { PlainText } from './plain-text.tsx'
import { ItemWords } from './rich-words.tsx'
import { quotedLines } from './thread.ts'
import { whenText } from './when.ts'
import type { words } from './words.ts'

/** A letter: who to whom, the subject where it changes, the words, what it repeats folded away, and its files. */
export function MessageCard({
  item,
  hasHtml,
  subject,
  pending,
}: {
  item: Item
  hasHtml: boolean
  subject: string
  pending: boolean
}) {
  const say = useTimelineWords()
  const thread = useThread()
  const [asked, setAsked] = useState(false)
  // Asked of the core only now; until it is here, the text stays, so that nothing jumps twice.
  const html = useLiveOne('original', asked && hasHtml ? { itemId: item.id } : null)?.html
  const original = html !== undefined
  const out = item.direction === 'out'
  const who = item.mail?.from?.name && !out ? item.mail.from.name : authorName(thread, item, say)
  const late = Math.abs(item.at - item.writtenAt) > 5 * 60_000 && out
  return (
    <div className={`tl-c tl-card ${out ? 'tl-card-out' : ''}`}>
      <div className="tl-head">
        <span className="tl-who text">{who}</span>
        <span className="meta faint trunc text" title={addressesInFull(item)}>
          {addresses(item, say)}
        </span>
        <span className="tl-head-end">
          {item.mail && item.mail.automatic !== 'no' && <Chip>{say(item.mail.automatic)}</Chip>}
          {item.mail?.forwards && !item.mail.side && <Chip>{say('forwarded')}</Chip>}
          {item.mail?.aside && !item.mail.side && <Chip title={say('aside-hint')}>{say('aside')}</Chip>}
          {item.mail && (
            <IconButton
              className="tl-forward"
              icon={Forward}
              size="s"
              label={say('forward')}
              shortcut="forward-mail"
              onClick={() => forwardMail(item, thread.customer?.id ?? item.customerId)}
            />
          )}
          {item.delivery ? (
            <DeliveryLine itemId={item.id} delivery={item.delivery} pending={pending} at={item.at} />
          ) : (
            <>
              {pending && <Pending itemId={item.id} />}
              <time className="tl-time" title={fullTime(item.at)}>
                {clockTime(item.at)}
              </time>
            </>
          )}
        </span>
      </div>
      {subject && (
        <h2 className="tl-subject text" dir="auto">
          {subject}
        </h2>
      )}
      {late && (
        <p className="meta faint">{say('written-at', { time: whenText(item.writtenAt, thread.now) })}</p>
      )}
      {original ? (
        <MailFrame item={item} html={html} who={who} />
      ) : item.text.trim() ? (
        <ItemWords item={item} className="tl-body" />
      ) : (
        item.attachments.length === 0 && (
          <p className="tl-body faint">{say(item.erased ? 'erased' : 'no-text')}</p>
        )
      )}
      <CardFoot item={item} hasHtml={hasHtml} original={original} onOriginal={setAsked} />
      <MailFacts item={item} />
      <Problems item={item} />
      <DeliveryTrouble item={item} />
      <LaterActs item={item} />
    </div>
  )
}

function CardFoot({
  item,
  hasHtml,
  original,
  onOriginal,
}: {
  item: Item
  hasHtml: boolean
  original: boolean
  onOriginal: (original: boolean) => void
}) {
  const say = useTimelineWords()
  const [open, setOpen] = useState(false)
  const lines = original ? 0 : quotedLines(item.quoted)
  if (lines === 0 && item.attachments.length === 0 && !hasHtml) return null
  return (
    <>
      {open && lines > 0 && <PlainText text={item.quoted.trim()} className="tl-quoted" />}
      <div className="tl-foot">
        {lines > 0 && (
          <button
            type="button"
            className="tl-quote"
            aria-expanded={open}
            title={say(open ? 'hide-quoted' : 'show-quoted')}
            onClick={() => setOpen(!open)}
          >
            <Icon of={Ellipsis} size="s" />
            {say('quoted-lines', { count: lines })}
          </button>
        )}
        <Attachments item={item} hasHtml={hasHtml} />
        {hasHtml && (
          <Button
            small
            kind="ghost"
            className="tl-toggle"
            icon={original ? Type : FileCode2}
            aria-pressed={original}
            title={say(original ? 'show-text' : 'show-original')}
            onClick={() => onOriginal(!original)}
          >
            {say(original ? 'text' : 'original')}
          </Button>
        )}
      </div>
    </>
  )
}

type ProblemKey = Extract<keyof (typeof words)['en'], `problem-${string}`>
const isKnown = (key: string, say: TimelineSay): key is ProblemKey => say(key as ProblemKey) !== key

/** What could not be read, a sentence each; several of which no sentence is known are one. */
function Problems({ item }: { item: Item }) {
  const say = useTimelineWords()
  const problems = item.mail?.problems ?? []
  if (problems.length === 0) return null
  const said = new Set(
    problems
      // An empty body says so itself.
      .filter(problem => problem !== 'no-text' || item.text.trim() !== '')
      .map(problem => {
        const key = `problem-${problem}`
        return isKnown(key, say) ? say(key) : say('problem-other')
      }),
  )
  return (
    <ul className="tl-problems">
      {[...said].map(text => (
        <li key={text}>
          <Icon of={TriangleAlert} size="xs" />
          {text}
        </li>
      ))}
    </ul>
  )
}

const brief = ({ name, address }: Mailbox): string => address || name

function listed(boxes: readonly Mailbox[], say: TimelineSay): string {
  const shown = listText(boxes.slice(0, 2).map(brief))
  return boxes.length > 2 ? say('and-more', { list: shown, count: boxes.length - 2 }) : shown
}

function addresses({ mail, direction }: Item, say: TimelineSay): string {
  if (!mail) return ''
  const to = listed(mail.to, say)
  const from = direction === 'in' && mail.from ? brief(mail.from) : ''
  const route = from && to ? say('from-to', { from, to }) : to ? say('to', { to }) : from
  const { cc, bcc = [] } = mail
  return [
    route,
    cc.length > 0 && say('cc', { list: listed(cc, say) }),
    bcc.length > 0 && say('bcc', { list: listed(bcc, say) }),
  ]
    .filter(Boolean)
    .join('  ')
}

const addressesInFull = ({ mail }: Item): string =>
  mail
    ? [mail.from ? [mail.from] : [], mail.to, mail.cc, mail.bcc ?? []]
        .filter(boxes => boxes.length > 0)
        .map(boxes => listText(boxes.map(mailboxText)))
        .join('\n')
    : ''
