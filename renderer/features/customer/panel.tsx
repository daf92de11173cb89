import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { open } from '../../store/view.ts'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { useNow } from '../../ui/clock.ts'
import { shortTime } from '../../ui/time.ts'
import { titleOf } from '../timeline/thread.ts'
import { Editable } from './editable.tsx'
import { Family, MergeButton } from './family.tsx'
import { familyOf, identityText, isReadable, useChannels } from './names.ts'
import { isLanguage, isTimeZone, languageName, localTime, tenure } from './profile.ts'
import { type Selected, useSelected } from './selected.ts'
import { Tags } from './tags.tsx'
import { VisitPart } from './visit.tsx'
import { words } from './words.ts'
import './panel.css'

/** All there is to know about the customer, edited where it stands. */
export function CustomerPanel() {
  const selected = useSelected()
  if (!selected?.customer) return null
  return <Panel key={selected.customerId} selected={selected} customer={selected.customer} />
}

function Panel({ selected, customer }: { selected: Selected; customer: Customer }) {
  const say = useWords(words)
  const language = useLanguage()
  const { conversation, identities } = selected
  const channels = useChannels()
  const edit = (set: Partial<Customer>): void => void act('customer.edit', { id: customer.id, set })
  return (
    <div className="panel">
      <Figures selected={selected} customer={customer} />
      <section className="panel-part">
        <h2>
          {say('identities')}
          <span className="row num">
            {say('identities-count', { count: identities.length })}
            <MergeButton selected={selected} customer={customer} />
          </span>
        </h2>
        <ul>
          {identities.map(identity => {
            const { id, channel, name } = identity
            const text = identityText(identity, channels, say)
            const named = name && isReadable(identity, channels)
            return (
              <li key={id} className="panel-identity" title={named ? `${name} <${text}>` : text}>
                <ChannelIcon
                  family={familyOf(channels, channel)}
                  label={channels.get(channel)?.label[language === 'en' ? 'en' : 'zh'] ?? channel}
                />
                <span className="trunc text">{text}</span>
              </li>
            )
          })}
        </ul>
      </section>
      <Family selected={selected} customer={customer} />
      <Details customer={customer} onEdit={edit} />
      {conversation?.visit && <VisitPart conversationId={conversation.id} visit={conversation.visit} />}
      {conversation && (
        <section className="panel-part">
          <h2>{say('tags')}</h2>
          <Tags conversation={conversation} />
        </section>
      )}
      <section className="panel-part">
        <h2>{say('note')}</h2>
        <Editable
          label={say('note')}
          value={customer.note}
          placeholder={say('note-empty')}
          lines
          onChange={note => edit({ note })}
        />
      </section>
      <Others selected={selected} />
    </div>
  )
}

function Figures({ selected, customer }: { selected: Selected; customer: Customer }) {
  const say = useWords(words)
  const now = useNow()
  const { years, months, days } = tenure(customer.createdAt, now)
  const since =
    years > 0
      ? say('years', { y: years, m: months })
      : months > 0
        ? say('months', { m: months })
        : days > 0
          ? say('days', { d: days })
          : say('today')
  const open = selected.conversations.filter(({ status }) => status !== 'closed').length
  return (
    <dl className="panel-figures">
      <div>
        <dt>{say('customer-since')}</dt>
        <dd>{since}</dd>
      </div>
      <div>
        <dt>{say('open-count')}</dt>
        <dd className="num">{open}</dd>
      </div>
      <div>
        <dt>{say('all-count')}</dt>
        <dd className="num">{selected.conversations.length}</dd>
      </div>
    </dl>
  )
}

function Details({ customer, onEdit }: { customer: Customer; onEdit: (set: Partial<Customer>) => void }) {
  const say = useWords(words)
  const language = useLanguage()
  const now = useNow()
  const time = localTime(now, customer.timeZone, language)
  return (
    <section className="panel-part">
      <dl className="panel-details">
        <dt>{say('name')}</dt>
        <dd>
          <Editable label={say('name')} value={customer.name} onChange={name => onEdit({ name })} />
        </dd>
        <dt>{say('company')}</dt>
        <dd>
          <Editable
            label={say('company')}
            value={customer.company}
            onChange={company => onEdit({ company })}
          />
        </dd>
        <dt>{say('tier')}</dt>
        <dd>
          <Editable
            label={say('tier')}
            value={customer.tier}
            check={tier => (tier.length > 40 ? '…' : '')}
            onChange={tier => onEdit({ tier })}
          />
        </dd>
        <dt>{say('language')}</dt>
        <dd>
          <Editable
            label={say('language')}
            value={customer.language}
            {...(customer.language ? { shown: languageName(customer.language, language) } : {})}
            check={tag => (isLanguage(tag) && tag.length <= 35 ? '' : say('language-wrong'))}
            onChange={tag => onEdit({ language: tag })}
          />
        </dd>
        <dt>{time ? say('local-time') : say('time-zone')}</dt>
        <dd className="num">
          <Editable
            label={say('time-zone')}
            value={customer.timeZone}
            {...(time ? { shown: time } : {})}
            check={zone => (isTimeZone(zone) && zone.length <= 60 ? '' : say('zone-wrong'))}
            onChange={timeZone => onEdit({ timeZone })}
          />
        </dd>
      </dl>
    </section>
  )
}

/** The customer's conversations, the one that is addressed first; a press addresses another. */
function Others({ selected }: { selected: Selected }) {
  const say = useWords(words)
  const now = useNow()
  const channels = useChannels()
  const { conversations, conversation, customerId } = selected
  if (conversations.length === 0) return null
  const sorted = [...conversations].sort((a, b) => b.activityAt - a.activityAt)
  return (
    <section className="panel-part">
      <h2>
        {say('conversations')}
        <span className="num">{conversations.length}</span>
      </h2>
      <ul>
        {sorted.map(each => {
          const subject = titleOf(each) || say('no-subject')
          const here = each.id === conversation?.id
          return (
            <li key={each.id}>
              <button
                type="button"
                className="panel-conversation"
                aria-current={here || undefined}
                title={subject}
                onClick={() => open({ customerId, conversationId: each.id })}
              >
                <ChannelIcon family={familyOf(channels, each.channel)} />
                <span className={`trunc grow ${each.status === 'closed' ? 'faint' : ''}`}>{subject}</span>
                <span className="panel-state num">{stateText(each, now, say)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function stateText(
  { status, waitingSince, activityAt }: Conversation,
  now: number,
  say: ReturnType<typeof useWords<typeof words>>,
): string {
  if (status === 'closed') return shortTime(activityAt, now)
  if (status === 'snoozed') return say('status-snoozed')
  return waitingSince === null ? say('status-open') : say('waiting')
}
