import type { ReactNode } from 'react'
import { useWords } from '../../app/i18n.ts'
import { open } from '../../store/view.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { PopoverClose } from '../../ui/popover.tsx'
import { fullTime, shortTime, span } from '../../ui/time.ts'
import './lines.css'
import { words } from './words.ts'

/** Where a line leads. */
export interface Place {
  customerId: string | null
  conversationId: string | null
  itemId?: string | null
}

/** One thing that waits or wants a look: what, how old, its first words, why, and the ways on; one of them is always to look. */
export function Line({
  what,
  at,
  aged = false,
  text,
  place: { customerId, conversationId, itemId = null },
  actions,
  children,
}: {
  what: string
  at: number
  /** How long it has waited, instead of when it was. */
  aged?: boolean
  text: string
  place: Place
  actions?: ReactNode
  children: ReactNode
}) {
  const t = useWords(words)
  const now = useNow()
  return (
    <li className="line">
      <div className="line-head">
        <span className="line-what trunc" title={what}>
          {what}
        </span>
        <time className="line-time num" dateTime={new Date(at).toISOString()} title={fullTime(at)}>
          {aged ? span(now - at) : shortTime(at, now)}
        </time>
      </div>
      {text && (
        <p className="line-text trunc" title={text}>
          {text}
        </p>
      )}
      <div className="line-foot">
        {children}
        <div className="line-actions">
          {actions}
          {customerId !== null && (
            <PopoverClose>
              <Button
                small
                kind="ghost"
                aria-label={t('look-at', { what })}
                onClick={() => open({ customerId, conversationId, itemId })}
              >
                {t('look')}
              </Button>
            </PopoverClose>
          )}
        </div>
      </div>
    </li>
  )
}
