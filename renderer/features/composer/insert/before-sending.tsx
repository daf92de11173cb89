import { AlarmClock, CircleAlert, CircleCheck, X } from 'lucide-react'
import type { Draft } from '#shared/model/draft.ts'
import { holesIn } from '#shared/rules/variables.ts'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { doesAfter } from './does.ts'
import './insert.css'
import { words } from './words.ts'

/** What a macro has asked for and happens when the answer is sent; it can be taken off. */
export function After({
  after,
  onChange,
}: {
  after: NonNullable<Draft['after']>
  onChange: (after: null) => void
}) {
  const say = useWords(words)
  const [what = ''] = doesAfter(after, say)
  return (
    <div className="comp-after">
      <span className="faint">{say('after-label')}</span>
      <Chip icon={after.close ? CircleCheck : AlarmClock}>{what}</Chip>
      <IconButton icon={X} size="s" label={say('after-off', { what })} onClick={() => onChange(null)} />
    </div>
  )
}

/** Why nothing was sent: something in it is still to be said. */
export function Holes({ text, onGo, onSend }: { text: string; onGo: () => void; onSend: () => void }) {
  const say = useWords(words)
  const [hole] = holesIn(text)
  if (!hole) return null
  return (
    <div className="comp-holes" role="alert">
      <Icon of={CircleAlert} size="s" />
      <span>{say('unfilled', { name: text.slice(hole.from, hole.to) })}</span>
      <Button small onClick={onGo}>
        {say('unfilled-go')}
      </Button>
      <Button small kind="ghost" onClick={onSend}>
        {say('unfilled-send')}
      </Button>
    </div>
  )
}
