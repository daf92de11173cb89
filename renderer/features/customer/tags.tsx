import { Command } from 'cmdk'
import { Plus, X } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { create } from 'zustand'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Tag } from '#shared/model/tag.ts'
import { useWords } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { toggle } from '../../store/view.ts'
import { activeOption } from '../../ui/active-option.ts'
import { Icon } from '../../ui/icon.tsx'
import { Popover } from '../../ui/popover.tsx'
import { tagConversation, tagCustomer, untagConversation, untagCustomer } from './actions.ts'
import { useTags } from './names.ts'
import '../../ui/picker.css'
import { inOrder } from '../../ui/numbers.ts'
import { words as profileWords } from './profile.words.ts'
import { words } from './words.ts'

const useCall = create<{ turn: number }>(() => ({ turn: 0 }))

/** Opens the picker, wherever the call comes from; in a narrow window the panel comes with it. */
export function callTagPicker(): void {
  toggle('sideOpen', true)
  useCall.setState(({ turn }) => ({ turn: turn + 1 }))
}

/** The tags of the conversation that is addressed; T opens their picker. */
export function ConversationTags({ conversation }: { conversation: Conversation }) {
  const say = useWords(words)
  const [open, setOpen] = useState(false)
  const { turn } = useCall()
  useEffect(() => {
    if (turn > 0) setOpen(true)
    useCall.setState({ turn: 0 })
  }, [turn])
  return (
    <Tags
      label={say('tags-of')}
      add={say('add-tag')}
      tagIds={conversation.tagIds}
      open={open}
      onOpenChange={setOpen}
      onAdd={tag => void tagConversation(conversation.id, tag)}
      onRemove={tag => void untagConversation(conversation.id, tag)}
    />
  )
}

/** What holds for the customer, whatever they write about. */
export function CustomerTags({ customer }: { customer: Customer }) {
  const say = useWords(words)
  const tell = useWords(profileWords)
  const [open, setOpen] = useState(false)
  return (
    <Tags
      label={tell('customer-tags')}
      add={say('add-tag')}
      tagIds={customer.tagIds ?? []}
      open={open}
      onOpenChange={setOpen}
      onAdd={tag => void tagCustomer(customer.id, tag)}
      onRemove={tag => void untagCustomer(customer.id, tag)}
    />
  )
}

function Tags({
  label,
  add,
  tagIds,
  open,
  onOpenChange,
  onAdd,
  onRemove,
}: {
  label: string
  add: string
  tagIds: readonly string[]
  open: boolean
  onOpenChange: (open: boolean) => void
  onAdd: (tag: Tag) => void
  onRemove: (tag: Tag) => void
}) {
  const say = useWords(words)
  const tags = useTags()
  const place = useRef<HTMLUListElement>(null)
  // The picker opens where its button is, which may be further down than one sees.
  useLayoutEffect(() => {
    if (!open) return
    const bring = (): void => place.current?.scrollIntoView({ block: 'nearest' })
    bring()
    addEventListener('resize', bring)
    return () => removeEventListener('resize', bring)
  }, [open])
  return (
    <ul ref={place} className="tags" aria-label={label}>
      {tagIds
        .flatMap(id => tags.get(id) ?? [])
        .map(tag => (
          <li key={tag.id} className="tag">
            <span className="trunc">{tag.name}</span>
            <button
              type="button"
              aria-label={say('remove-tag', { name: tag.name })}
              title={say('remove-tag', { name: tag.name })}
              onClick={() => onRemove(tag)}
            >
              <Icon of={X} size="xs" />
            </button>
          </li>
        ))}
      <li>
        <Popover
          open={open}
          onOpenChange={onOpenChange}
          align="end"
          label={label}
          trigger={
            <button type="button" className="tag tag-add" aria-label={`${add}: ${label}`}>
              {add}
            </button>
          }
        >
          <TagPicker
            label={label}
            held={tagIds}
            onChoose={tag => {
              onOpenChange(false)
              onAdd(tag)
            }}
          />
        </Popover>
      </li>
    </ul>
  )
}

const same = (a: string, b: string): boolean =>
  a.normalize('NFKC').trim().toLocaleLowerCase() === b.normalize('NFKC').trim().toLocaleLowerCase()

/** Those there are, or a new one. */
export function TagPicker({
  label,
  held,
  onChoose,
}: {
  label: string
  held: readonly string[]
  onChoose: (tag: Tag) => void
}) {
  const say = useWords(words)
  const tags = useTags()
  const [text, setText] = useState('')
  const name = text.trim().slice(0, 60)
  const free = [...tags.values()]
    .filter(({ id }) => !held.includes(id))
    .sort((a, b) => inOrder(a.name, b.name))
  const known = [...tags.values()].some(tag => same(tag.name, name))
  const createTag = async (): Promise<void> => {
    const tag = { id: uuidv7(), name }
    if (await act('tag.create', tag)) onChoose(tag)
  }
  return (
    <Command ref={activeOption} label={label} loop className="picker">
      <div className="picker-field">
        <Command.Input autoFocus placeholder={say('find-tag')} value={text} onValueChange={setText} />
      </div>
      {free.length === 0 && name === '' && <p className="picker-empty">{say('no-tags')}</p>}
      <Command.List label={label}>
        {free.map(tag => (
          <Command.Item
            key={tag.id}
            value={`${tag.name} ${tag.id}`}
            keywords={[tag.name]}
            onSelect={() => onChoose(tag)}
          >
            <span className="trunc grow">{tag.name}</span>
          </Command.Item>
        ))}
        {name !== '' && !known && (
          <Command.Item forceMount value={`create ${name}`} onSelect={() => void createTag()}>
            <Icon of={Plus} size="s" />
            <span className="trunc grow">{say('create-tag', { name })}</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}
