import { Flag } from 'lucide-react'
import { useState } from 'react'
import { type Conversation, Priority } from '#shared/model/conversation.ts'
import { useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { prioritise } from './actions.ts'
import './priority.css'
import { words } from './words.ts'

/** How much it presses. */
export function PriorityMenu({ conversation }: { conversation: Conversation }) {
  const say = useWords(words)
  const [open, setOpen] = useState(false)
  const priority = conversation.priority ?? 'normal'
  useKey('priority', () => setOpen(true))
  return (
    <Menu
      align="end"
      label={say('priority')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton
          className="priority"
          icon={Flag}
          data-priority={priority}
          label={say('priority-is', { name: say(`priority-${priority}`) })}
          shortcut="priority"
        />
      }
    >
      <MenuChoice
        value={priority}
        options={Priority.options.map(value => ({ value, label: say(`priority-${value}`) }))}
        onChange={to => void prioritise(conversation, to)}
      />
    </Menu>
  )
}
