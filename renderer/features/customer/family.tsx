import { Merge, X } from 'lucide-react'
import { useState } from 'react'
import type { Customer } from '#shared/model/customer.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useFields } from './fields.ts'
import { words } from './merge.words.ts'
import { MergeDialog } from './merge-dialog.tsx'
import { editedSince, newestOf, reasonText, separate, tellApart } from './merging.ts'
import type { Selected } from './selected.ts'
import './merge.css'

/** Begins a merge with somebody who has still to be found. */
export function MergeButton({ selected, customer }: { selected: Selected; customer: Customer }) {
  const say = useWords(words)
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        className="merge-start"
        icon={Merge}
        size="s"
        label={say('start')}
        onClick={() => setOpen(true)}
      />
      {open && (
        <MergeDialog selected={selected} customer={customer} other={null} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

/** Who is this person, too, and who may be. Nothing where there is nobody. */
export function Family({ selected, customer }: { selected: Selected; customer: Customer }) {
  const say = useWords(words)
  const { rows: suggestions } = useLive('mergeSuggestions', { customerId: customer.id })
  const [other, setOther] = useState<Customer | null>(null)
  const parts = selected.family.filter(({ id }) => id !== customer.id)
  return (
    <>
      {parts.length > 0 && (
        <section className="panel-part">
          <h2>{say('parts')}</h2>
          <ul>
            {parts.map(part => (
              <Part key={part.id} part={part} selected={selected} />
            ))}
          </ul>
        </section>
      )}
      {suggestions.length > 0 && (
        <section className="panel-part">
          <h2>{say('suggested')}</h2>
          <ul>
            {suggestions.map(({ customer: found, reasons }) => (
              <li key={found.id} className="merge-suggestion">
                <Avatar name={found.name || '?'} size="xs" beside />
                <span className="trunc text">{found.name || say('somebody')}</span>
                <Button small kind="ghost" onClick={() => setOther(found)}>
                  {say('review-suggestion')}
                </Button>
                <IconButton
                  icon={X}
                  size="s"
                  label={say('tell-apart', { name: found.name || say('somebody') })}
                  onClick={() => void tellApart(customer, found)}
                />
                <span className="merge-why meta faint text">{reasonText(reasons)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {other && (
        <MergeDialog selected={selected} customer={customer} other={other} onClose={() => setOther(null)} />
      )}
    </>
  )
}

/** Somebody who was merged, and the way back. Who was merged into them stays with them. */
function Part({ part, selected }: { part: Customer; selected: Selected }) {
  const say = useWords(words)
  const name = part.name || say('somebody')
  const survivor = selected.family.find(({ id }) => id === part.mergedInto)
  const fields = useFields()
  const told = newestOf(selected.conversations, part.id)
  const since = survivor ? editedSince({ part, survivor }, fields) : ''
  return (
    <li className="merge-line">
      <Avatar name={part.name || '?'} size="xs" beside />
      <span className="trunc grow text" title={name}>
        {name}
      </span>
      {survivor && told && (
        <Button
          small
          kind="ghost"
          aria-label={say('separate-from', { name })}
          onClick={() => void separate({ part, survivor, conversationId: told.id })}
        >
          {say('separate')}
        </Button>
      )}
      {since && (
        <span
          className="merge-since meta faint text"
          title={say('edited-stays', { survivor: survivor?.name || say('somebody') })}
        >
          {say('edited-since', { fields: since })}
        </span>
      )}
    </li>
  )
}
