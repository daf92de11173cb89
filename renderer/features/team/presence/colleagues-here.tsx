import { PencilLine } from 'lucide-react'
import { useWords } from '../../../app/i18n.ts'
import { useMyId, usePresence } from '../../../store/states.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { useAgents } from '../../customer/names.ts'
import './presence.css'
import { listText } from '../../../ui/numbers.ts'
import { words } from './words.ts'

/** More are a number. */
const MOST = 3

interface Here {
  agentId: string
  name: string
  typing: boolean
}

/** Colleagues who look at a conversation now, whoever writes first. */
export function useHere(conversationId: string | null): Here[] {
  const me = useMyId()
  const agents = useAgents()
  return usePresence()
    .filter(each => each.conversationId === conversationId && conversationId !== null && each.agentId !== me)
    .flatMap(({ agentId, typing }) => {
      const name = agents.get(agentId)?.name
      return name ? [{ agentId, name, typing }] : []
    })
    .sort((a, b) => Number(b.typing) - Number(a.typing))
}

/** Who else is here: two who answer at once is what this prevents. */
export function ColleaguesHere({ conversationId }: { conversationId: string | null }) {
  const say = useWords(words)
  const here = useHere(conversationId)
  if (here.length === 0) return null
  const sentence = ({ name, typing }: Here): string => say(typing ? 'writes' : 'looks', { name })
  return (
    <ul className="here" aria-label={say('here', { who: listText(here.map(({ name }) => name)) })}>
      {here.slice(0, MOST).map(one => (
        <Tooltip key={one.agentId} label={sentence(one)}>
          <li className={one.typing ? 'here-writes' : undefined} aria-label={sentence(one)}>
            <Avatar name={one.name} size="xs" />
            {one.typing && (
              <span className="here-pen">
                <Icon of={PencilLine} size="xs" />
              </span>
            )}
          </li>
        </Tooltip>
      ))}
      {here.length > MOST && <li className="here-more num">+{here.length - MOST}</li>}
    </ul>
  )
}

/** Beside the composer: a colleague writes an answer to the same. Said before one sends, not after. */
export function AlsoWrites({ conversationId, begun }: { conversationId: string; begun: boolean }) {
  const say = useWords(words)
  const writing = useHere(conversationId).find(({ typing }) => typing)
  const said = writing ? say(begun ? 'writes-too' : 'is-writing', { name: writing.name }) : ''
  return (
    <p className={`also ${begun ? 'also-warn' : ''}`} role="status">
      {writing && (
        <>
          <Avatar name={writing.name} size="xs" beside />
          <span className="trunc text" title={said}>
            {said}
          </span>
        </>
      )}
    </p>
  )
}
