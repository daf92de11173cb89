import { FileCode2 } from 'lucide-react'
import { useWords } from '../../app/i18n.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Passed } from './use-forward.ts'
import { words } from './words.ts'

/** What is passed on, as it will stand below the agent's words: enough of it to know that it is the right one. */
export function Forwarded({ heading, item, hasHtml }: Passed) {
  const say = useWords(words)
  return (
    <>
      <div className="comp-forwarded" title={say('forwarded')}>
        <p className="text">{heading}</p>
        <p className="text" dir="auto">
          {item.text.trim().slice(0, 600)}
        </p>
      </div>
      {hasHtml && (
        <p className="comp-forwarded-how">
          <Icon of={FileCode2} size="xs" />
          {say('forwarded-layout')}
        </p>
      )}
    </>
  )
}
