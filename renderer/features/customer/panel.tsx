import type { Customer } from '#shared/model/customer.ts'
import { builtInFields, labelOf } from '#shared/model/customer-field.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { useNow } from '../../ui/clock.ts'
import { Cards } from './cards/cards.tsx'
import { Consents } from './consents.tsx'
import { Conversations } from './conversations.tsx'
import { Details } from './details.tsx'
import { Editable } from './editable.tsx'
import { Family, MergeButton } from './family.tsx'
import { changeField, editorOf } from './fields.ts'
import { Files } from './files.tsx'
import { familyOf, identityText, isReadable, useAgents, useChannels } from './names.ts'
import { PanelPart } from './part.tsx'
import { tenure } from './profile.ts'
import { words as profileWords } from './profile.words.ts'
import { SatisfactionPart } from './satisfaction.tsx'
import { type Selected, useSelected } from './selected.ts'
import { ConversationTags, CustomerTags } from './tags.tsx'
import { VisitPart } from './visit.tsx'
import { words } from './words.ts'
import './panel.css'

/** All there is to know about the customer, edited where it stands. */
export function CustomerPanel() {
  const selected = useSelected()
  if (!selected?.customer) return null
  return <Panel key={selected.customer.id} selected={selected} customer={selected.customer} />
}

function Panel({ selected, customer }: { selected: Selected; customer: Customer }) {
  const say = useWords(words)
  const tell = useWords(profileWords)
  const { conversation } = selected
  return (
    <div className="panel">
      <Figures selected={selected} customer={customer} />
      <Identities selected={selected} customer={customer} />
      <Family selected={selected} customer={customer} />
      <Details customer={customer} />
      <PanelPart id="tags" title={say('tags')}>
        <CustomerTags customer={customer} />
        {conversation && (
          <>
            <h3 className="panel-sub">{tell('conversation-tags')}</h3>
            <ConversationTags conversation={conversation} />
          </>
        )}
      </PanelPart>
      <Cards customerId={customer.id} identityIds={selected.identities.map(({ id }) => id)} />
      <Note customer={customer} />
      {conversation?.visit && <VisitPart conversationId={conversation.id} visit={conversation.visit} />}
      <Conversations selected={selected} />
      <SatisfactionPart selected={selected} />
      <Files customer={customer} />
      <Consents customer={customer} />
    </div>
  )
}

function Identities({ selected, customer }: { selected: Selected; customer: Customer }) {
  const say = useWords(words)
  const language = useLanguage()
  const channels = useChannels()
  const { identities } = selected
  return (
    <PanelPart
      id="identities"
      title={say('identities')}
      aside={
        <>
          {say('identities-count', { count: identities.length })}
          <MergeButton selected={selected} customer={customer} />
        </>
      }
    >
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
    </PanelPart>
  )
}

const noteField = builtInFields.find(({ id }) => id === 'note')!

/** What everybody should know. Two who write at once both stand (shared/rules/merge-lines.ts). */
function Note({ customer }: { customer: Customer }) {
  const say = useWords(words)
  const language = useLanguage()
  const agents = useAgents()
  return (
    <PanelPart id="note" title={labelOf(noteField, language)}>
      <Editable
        label={say('note')}
        value={customer.note}
        placeholder={say('note-empty')}
        lines
        meanwhile={() => editorOf(customer, noteField, agents)}
        onChange={(value, seen) =>
          void changeField({ customerId: customer.id, field: noteField, value, seen })
        }
      />
    </PanelPart>
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
        <dt>{say('all-count', { count: selected.conversations.length })}</dt>
        <dd className="num">{selected.conversations.length}</dd>
      </div>
    </dl>
  )
}
