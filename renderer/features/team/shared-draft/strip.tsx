import { PencilLine, UsersRound } from 'lucide-react'
import { useWords } from '../../../app/i18n.ts'
import { useMyId } from '../../../store/states.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Keycap } from '../../../ui/keycap.tsx'
import { useAgents } from '../../customer/names.ts'
import './shared-draft.css'
import type { SharedDraft } from './use-shared-draft.ts'
import { words } from './words.ts'

/** Above the words: that colleagues read them, or that a colleague writes for all. */
export function SharedStrip({ item, here, go, stop }: SharedDraft) {
  const say = useWords(words)
  const me = useMyId()
  const agents = useAgents()
  if (here)
    return (
      <div className="shared-strip">
        <Icon of={UsersRound} size="s" />
        <span className="grow">{say('shared')}</span>
        <Button small kind="ghost" onClick={stop}>
          {say('stop-sharing')}
        </Button>
      </div>
    )
  if (!item?.draft) return null
  const { writerId } = item.draft
  const mine = writerId === me
  const name = agents.get(writerId)?.name ?? ''
  const who = say(mine ? 'you-write' : 'writes', { name })
  return (
    <div className="shared-strip">
      {mine ? <Icon of={PencilLine} size="s" /> : <Avatar name={name} size="xs" beside />}
      <span className="shared-strip-words grow">
        <span className="trunc text" title={who}>
          {who}
        </span>
        <span className="shared-strip-text trunc" dir="auto" title={item.text}>
          {item.text.replace(/\s+/gu, ' ').slice(0, 200)}
        </span>
      </span>
      {go && (
        <Button small keycap={<Keycap of="share-draft" />} onClick={go}>
          {say(mine ? 'go-on' : 'take-over')}
        </Button>
      )}
    </div>
  )
}
