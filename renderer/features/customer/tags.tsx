import { Command } from 'cmdk'
import { Plus, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import { create } from 'zustand'
import type { Conversation } from '#shared/model/conversation.ts'
import { useWords } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { toggle } from '../../store/view.ts'
import { Icon } from '../../ui/icon.tsx'
import { Popover } from '../../ui/popover.tsx'
import { addTag, removeTag } from './actions.ts'
import { useTags } from './names.ts'
import './picker.css'
import { words } from './words.ts'

const useCall = create<{ turn: number }>(() => ({ turn: 0 }))

/** Opens the picker, wherever the call comes from; in a narrow window the panel comes with it. */
export function callTagPicker(): void {
  toggle('sideOpen', true)
  useCall.setState(({ turn }) => ({ turn: turn + 1 }))
}

/** The tags of the conversation that is addressed. */
export function Tags({ conversation }: { conversation: Conversation }) {
  const say = useWords(words)
  const tags = useTags()
  const [open, setOpen] = useState(false)
  const { turn } = useCall()
  useEffect(() => {
    if (turn > 0) setOpen(true)
    useCall.setState({ turn: 0 })
  }, [turn])
  const held = conversation.tagIds.flatMap(id => tags.get(id) ?? [])
  return (
    <ul className="tags" aria-label={say('tags-of')}>
      {held.map(tag => (
        <li key={tag.id} className="tag">
          <span className="trunc">{tag.name}</span>
          <button
            type="button"
            aria-label={say('remove-tag', { name: tag.name })}
            title={say('remove-tag', { name: tag.name })}
            onClick={() => void removeTag(conversation.id, tag)}
          >
            <Icon of={X} size="xs" />
          </button>
        </li>
      ))}
      <li>
        <Popover
          open={open}
          onOpenChange={setOpen}
          align="end"
          label={say('add-tag')}
          trigger={
            <button type="button" className="tag tag-add">
              {say('add-tag')}
            </button>
          }
        >
          <TagPicker conversation={conversation} onDone={() => setOpen(false)} />
        </Popover>
      </li>
    </ul>
  )
}

const same = (a: string, b: string): boolean =>
  a.normalize('NFKC').trim().toLocaleLowerCase() === b.normalize('NFKC').trim().toLocaleLowerCase()

function TagPicker({ conversation, onDone }: { conversation: Conversation; onDone: () => void }) {
  const say = useWords(words)
  const tags = useTags()
  const [text, setText] = useState('')
  const name = text.trim().slice(0, 60)
  const free = [...tags.values()]
    .filter(({ id }) => !conversation.tagIds.includes(id))
    .sort((a, b) => a.name.localeCompare(b.name))
  const known = [...tags.values()].some(tag => same(tag.name, name))

  const add = (tag: { id: string; name: string }): void => {
    onDone()
    void addTag(conversation.id, tag)
  }
  const createTag = async (): Promise<void> => {
    const tag = { id: uuidv7(), name }
    if (await act('tag.create', tag)) add(tag)
  }
  return (
    <Command label={say('add-tag')} loop className="picker">
      <div className="picker-field">
        <Command.Input autoFocus placeholder={say('find-tag')} value={text} onValueChange={setText} />
      </div>
      <Command.List>
        {free.length === 0 && name === '' && <p className="picker-empty">{say('no-tags')}</p>}
        {free.map(tag => (
          <Command.Item
            key={tag.id}
            value={`${tag.name} ${tag.id}`}
            keywords={[tag.name]}
            onSelect={() => add(tag)}
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
