import { Search } from 'lucide-react'
import { useDeferredValue, useId, useState } from 'react'
import type { Customer } from '#shared/model/customer.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive, useLiveOne } from '../../store/live.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { dateText } from '../../ui/time.ts'
import { words } from './merge.words.ts'
import { merge, newestOf, reasonText } from './merging.ts'
import { identityText, useChannels } from './names.ts'
import type { Selected } from './selected.ts'
import { words as customerWords } from './words.ts'
import '../../ui/search-field.css'
import './merge.css'

const MOST = 30
const SHOWN = 6

/** Finds the other customer, then shows both beside each other: a person says who stands for both. */
export function MergeDialog({
  selected,
  customer,
  other,
  onClose,
}: {
  selected: Selected
  customer: Customer
  /** Whom it is about, where that is known already. */
  other: Customer | null
  onClose: () => void
}) {
  const say = useWords(words)
  const [chosen, setChosen] = useState(other)
  return (
    <Dialog
      open
      wide
      onOpenChange={open => !open && onClose()}
      title={say('title')}
      description={say('lead')}
    >
      {chosen ? (
        <Compare
          selected={selected}
          customer={customer}
          other={chosen}
          onBack={() => setChosen(null)}
          onClose={onClose}
        />
      ) : (
        <Find selected={selected} customer={customer} onChoose={setChosen} />
      )}
    </Dialog>
  )
}

function Find({
  selected,
  customer,
  onChoose,
}: {
  selected: Selected
  customer: Customer
  onChoose: (found: Customer) => void
}) {
  const say = useWords(words)
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const { rows: hits, loading } = useLive(
    'search',
    asked === '' ? null : { text: asked.slice(0, 400), inboxId: null, limit: MOST },
    { keep: true },
  )
  const { rows: suggestions } = useLive('mergeSuggestions', { customerId: customer.id })
  const own = new Set(selected.family.map(({ id }) => id))
  const found = hits.filter(hit => hit.kind === 'customer' && !own.has(hit.customerId)).slice(0, SHOWN)
  return (
    <div className="merge-find">
      <label className="search-field">
        <Icon of={Search} size="s" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
          autoFocus
          value={text}
          maxLength={400}
          aria-label={say('find')}
          placeholder={say('find-hint')}
          autoComplete="off"
          onChange={event => setText(event.target.value)}
        />
      </label>
      <ul className="merge-found">
        {asked === ''
          ? suggestions.map(({ customer: one, reasons }) => (
              <li key={one.id}>
                <Choice name={one.name} more={reasonText(reasons)} onChoose={() => onChoose(one)} />
              </li>
            ))
          : found.map(hit => (
              <li key={hit.key}>
                <Hit id={hit.customerId} name={hit.customerName} onChoose={onChoose} />
              </li>
            ))}
      </ul>
      {asked !== '' && found.length === 0 && !loading && (
        <p className="meta" role="status">
          {say('none')}
        </p>
      )}
    </div>
  )
}

function Hit({ id, name, onChoose }: { id: string; name: string; onChoose: (found: Customer) => void }) {
  const found = useLiveOne('customer', { id })
  const { rows: identities } = useLive('identities', { customerId: id })
  const more = [found?.company, ...identities.map(({ address }) => address)].filter(Boolean).join(' · ')
  return <Choice name={name} more={more} onChoose={() => found && onChoose(found)} />
}

function Choice({ name, more, onChoose }: { name: string; more: string; onChoose: () => void }) {
  const say = useWords(words)
  return (
    <button type="button" className="merge-choice" onClick={onChoose}>
      <Avatar name={name || '?'} size="s" beside />
      <span className="merge-who">
        <span className="trunc text">{name || say('somebody')}</span>
        <span className="meta faint trunc text">{more}</span>
      </span>
    </button>
  )
}

function Compare({
  selected,
  customer,
  other,
  onBack,
  onClose,
}: {
  selected: Selected
  customer: Customer
  other: Customer
  onBack: () => void
  onClose: () => void
}) {
  const say = useWords(words)
  const group = useId()
  const { rows: theirs } = useLive('customerConversations', { customerId: other.id })
  // Who has been known for longer has the longer profile.
  const [keepId, setKeepId] = useState(other.createdAt < customer.createdAt ? other.id : customer.id)
  const [busy, setBusy] = useState(false)
  const [survivor, part] = keepId === customer.id ? [customer, other] : [other, customer]
  const told = newestOf(part === customer ? selected.conversations : theirs, part.id)

  const go = async (): Promise<void> => {
    if (!told) return
    setBusy(true)
    const taken = await merge({ part, survivor, conversationId: told.id })
    setBusy(false)
    if (taken) onClose()
  }
  return (
    <>
      <fieldset className="merge-pair">
        <legend>{say('keep')}</legend>
        {[
          { one: customer, count: selected.conversations.length },
          { one: other, count: theirs.length },
        ].map(({ one, count }) => (
          <label key={one.id} className="merge-card" data-kept={one.id === keepId || undefined}>
            <input type="radio" name={group} checked={one.id === keepId} onChange={() => setKeepId(one.id)} />
            <span className="merge-who">
              <span className="semi trunc text">{one.name || say('somebody')}</span>
              <span className="meta trunc text">{[one.company, one.tier].filter(Boolean).join(' · ')}</span>
              <Addresses of={one.id} />
              <span className="meta faint num">
                {say('count', { count })} · {say('since', { date: dateText(one.createdAt) })}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {!told && (
        <p className="meta merge-nowhere" role="alert">
          {say('nowhere-told', { name: part.name || say('somebody') })}
        </p>
      )}
      <div className="merge-acts">
        <Button kind="ghost" onClick={onBack}>
          {say('other')}
        </Button>
        <span className="grow" />
        <Button onClick={onClose}>{say('cancel')}</Button>
        <Button kind="ink" busy={busy} disabled={!told} onClick={() => void go()}>
          {say('merge')}
        </Button>
      </div>
    </>
  )
}

function Addresses({ of }: { of: string }) {
  const say = useWords(customerWords)
  const channels = useChannels()
  const { rows } = useLive('identities', { customerId: of })
  const text = rows.map(identity => identityText(identity, channels, say)).join(' · ')
  return (
    <span className="meta trunc text" title={text}>
      {text}
    </span>
  )
}
