import { type ReactNode, useId, useState } from 'react'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { words } from './words.ts'

/** A line to be taken along. */
export function ToCopy({
  label,
  text,
  hint,
  strong,
}: {
  label: string
  text: string
  hint: ReactNode
  strong?: boolean
}) {
  const t = useWords(words)
  const id = useId()
  const [copied, setCopied] = useState(false)
  return (
    <div className="field ib-copy">
      <label htmlFor={id}>{label}</label>
      <span className="ib-inline">
        <input
          id={id}
          className="input num"
          readOnly
          value={text}
          onFocus={({ target }) => target.select()}
        />
        <Button
          onClick={() =>
            void navigator.clipboard.writeText(text).then(
              () => setCopied(true),
              // Not allowed to: the line is chosen, to be copied by hand.
              () => document.getElementById(id)?.focus(),
            )
          }
        >
          {t(copied ? 'copied' : 'copy')}
        </Button>
      </span>
      <span className={strong ? 'ib-strong' : 'faint'}>{hint}</span>
    </div>
  )
}
