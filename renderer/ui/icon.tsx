import type { LucideIcon } from 'lucide-react'
import './icon.css'

/** A line icon, always beside its words or inside a control that has a name: never read out. */
export function Icon({ of: Drawing, size = 'm' }: { of: LucideIcon; size?: 'xs' | 's' | 'm' | 'l' }) {
  return <Drawing className={`ic ic-${size}`} aria-hidden="true" focusable="false" />
}
