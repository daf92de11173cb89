import { ChevronRight, ExternalLink } from 'lucide-react'
import { useId, useState } from 'react'
import type { Card, CardGroup, CardItem, CardLine, Status } from '#shared/model/card.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { Chip } from '../../../ui/chip.tsx'
import { Icon } from '../../../ui/icon.tsx'
import './cards.css'
import { dayText, isWhole, linkText, moneyText, valueText } from './values.ts'
import { words } from './words.ts'

/** What another system said, drawn. Its words are isolated, so that no direction of writing leaks out of them. */
export function CardView({ card }: { card: Card }) {
  const tell = useWords(words)
  const short = card.groups.every(({ amount }) => !amount || isWhole(amount))
  if (card.lines.length + card.groups.length === 0) return <p className="card-word">{tell('nothing')}</p>
  return (
    <>
      <Lines lines={card.lines} />
      {card.groups.length > 0 && (
        <ul className="card-groups">
          {card.groups.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no name of their own, and two may be alike
            <Group key={`${index} ${group.title}`} group={group} short={short} />
          ))}
        </ul>
      )}
      {card.more > 0 && <p className="card-word">{tell('more', { count: card.more })}</p>}
    </>
  )
}

function Group({ group, short }: { group: CardGroup; short: boolean }) {
  const language = useLanguage() === 'en' ? 'en' : 'zh'
  const [open, setOpen] = useState(false)
  const body = useId()
  const { title, sort, status, date, amount, lines, items, link } = group
  const inside = lines.length + items.length > 0 || link !== null
  const about = [sort?.[language], date && dayText(date)].filter(Boolean).join(' · ')
  const head = (
    <>
      <bdi className="card-title trunc">{title || about}</bdi>
      {amount && <span className="card-amount num">{moneyText(amount, short)}</span>}
      <span className="card-about meta">
        {status && <StatusChip status={status} />}
        {title !== '' && <span className="trunc num">{about}</span>}
      </span>
      {inside && <Icon of={ChevronRight} size="xs" />}
    </>
  )
  if (!inside) return <li className="card-group card-head">{head}</li>
  return (
    <li className="card-group" data-open={open || undefined}>
      <button
        type="button"
        className="card-head"
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        {head}
      </button>
      <div id={body} hidden={!open} className="card-inside">
        {open && <Inside group={group} />}
      </div>
    </li>
  )
}

function Inside({ group: { items, moreItems, lines, link } }: { group: CardGroup }) {
  const tell = useWords(words)
  const short = items.every(({ amount }) => !amount || isWhole(amount))
  return (
    <>
      {items.length > 0 && (
        <ul className="card-items" aria-label={tell('items')}>
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an order may be alike
            <Item key={index} item={item} short={short} />
          ))}
          {moreItems > 0 && <li className="faint">{tell('more-items', { count: moreItems })}</li>}
        </ul>
      )}
      <Lines lines={lines} />
      {link && (
        <a className="card-open" href={link} target="_blank" rel="noopener noreferrer" title={link}>
          {tell('open')}
          <Icon of={ExternalLink} size="xs" />
        </a>
      )}
    </>
  )
}

const Item = ({ item: { text, quantity, amount }, short }: { item: CardItem; short: boolean }) => (
  <li className="card-item">
    <span className="num faint">{quantity !== null && `${quantity} ×`}</span>
    <bdi className="card-words">{text}</bdi>
    <span className="num">{amount && moneyText(amount, short)}</span>
  </li>
)

function Lines({ lines }: { lines: readonly CardLine[] }) {
  const language = useLanguage() === 'en' ? 'en' : 'zh'
  if (lines.length === 0) return null
  return (
    <dl className="card-lines">
      {lines.map(({ label, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may have one label
        <div key={index}>
          <dt>
            <bdi className="trunc">{label[language]}</bdi>
          </dt>
          <dd className="card-words">
            {value.kind === 'status' ? (
              <StatusChip status={value.status} />
            ) : value.kind === 'link' ? (
              <a href={value.href} target="_blank" rel="noopener noreferrer" title={value.href}>
                <bdi>{linkText(value.href)}</bdi>
              </a>
            ) : (
              <bdi className={value.kind === 'text' ? undefined : 'num'}>{valueText(value)}</bdi>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const StatusChip = ({ status: { text, tone } }: { status: Status }) => (
  <Chip tone={tone} title={text}>
    <bdi>{text}</bdi>
  </Chip>
)
