import { Command } from 'cmdk'
import { Check, ChevronDown, UserRoundX } from 'lucide-react'
import type { Conversation } from '#shared/model/conversation.ts'
import { useWords } from '../../app/i18n.ts'
import { useMyId } from '../../store/states.ts'
import { activeOption } from '../../ui/active-option.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import { Popover } from '../../ui/popover.tsx'
import { assign } from './actions.ts'
import { useAgents } from './names.ts'
import '../../ui/picker.css'
import { inOrder } from '../../ui/numbers.ts'
import { words } from './words.ts'

/** Whose it is, and the list to give it to somebody else: only colleagues who may see its inbox. */
export function Assignee({
  conversation,
  open,
  onOpenChange,
}: {
  conversation: Conversation
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const say = useWords(words)
  const me = useMyId()
  const agents = useAgents()
  const { assigneeId, inboxId } = conversation
  const current = assigneeId === null ? undefined : agents.get(assigneeId)
  const may = [...agents.values()]
    .filter(({ active, inboxIds }) => active && inboxIds.includes(inboxId))
    .sort((a, b) => Number(b.id === me) - Number(a.id === me) || inOrder(a.name, b.name))
  const label =
    assigneeId === null
      ? say('unassigned')
      : assigneeId === me
        ? say('assigned-to-me')
        : say('assigned-to', { name: current?.name ?? '' })

  const give = (agentId: string | null): void => {
    onOpenChange(false)
    void assign(conversation, agentId, me, agentId === null ? '' : (agents.get(agentId)?.name ?? ''))
  }
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      label={say('assign-to')}
      trigger={
        <button type="button" className="assignee" aria-label={label} title={label}>
          {current ? (
            <Avatar name={current.name} size="s" beside />
          ) : (
            <span className="assignee-none">
              <Icon of={UserRoundX} size="s" />
            </span>
          )}
          <Icon of={ChevronDown} size="xs" />
        </button>
      }
    >
      <Command ref={activeOption} label={say('assign-to')} loop className="picker">
        <div className="picker-field">
          <Command.Input autoFocus placeholder={say('find-agent')} />
        </div>
        <Command.List label={say('assign-to')}>
          <Command.Empty className="picker-empty">{say('no-agent')}</Command.Empty>
          {may.map(({ id, name, email }) => (
            <Command.Item key={id} value={`${name} ${email} ${id}`} onSelect={() => give(id)}>
              <Avatar name={name} size="xs" beside />
              <span className="trunc grow">
                {name}
                {id === me && <span className="faint"> {say('me')}</span>}
              </span>
              {id === me && assigneeId !== me && <Keycap of="claim" />}
              {id === assigneeId && <Icon of={Check} size="s" />}
            </Command.Item>
          ))}
          {assigneeId !== null && (
            <Command.Item value={say('assign-nobody')} onSelect={() => give(null)}>
              <Icon of={UserRoundX} size="s" />
              <span className="grow">{say('assign-nobody')}</span>
            </Command.Item>
          )}
        </Command.List>
      </Command>
    </Popover>
  )
}
