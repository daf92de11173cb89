import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './chip.css'

export type ChipTone = 'plain' | 'line' | 'quiet' | 'ok' | 'warn' | 'bad' | 'over' | 'channel'

/** A few words that belong to something. `channel` takes the colour of the family around it (`c-email` ...). */
export function Chip({
  tone = 'plain',
  icon,
  round,
  children,
  title,
}: {
  tone?: ChipTone
  icon?: LucideIcon
  /** A tag's shape. */
  round?: boolean
  children: ReactNode
  title?: string
}) {
  return (
    <span className={clsx('chip', `chip-${tone}`, round && 'chip-round')} title={title}>
      {icon && <Icon of={icon} size="xs" />}
      <span className="trunc">{children}</span>
    </span>
  )
}

/** A customer's tier, as `VIP`. */
export const Tier = ({ name }: { name: string }) => (name ? <span className="tier">{name}</span> : null)
