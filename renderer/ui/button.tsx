import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './button.css'

export type ButtonKind = 'ink' | 'line' | 'ghost' | 'danger' | 'danger-line'

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind
  small?: boolean
  icon?: LucideIcon
  /** A keycap after the words; see `Keycap`. */
  keycap?: ReactNode
  /** It was pressed and the answer is on its way: stays pressed in look, takes no second press, keeps its focus. */
  busy?: boolean
}

export function Button({
  kind = 'line',
  small,
  icon,
  keycap,
  busy,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      onClick={busy ? event => event.preventDefault() : onClick}
      className={clsx('btn', `btn-${kind}`, small && 'btn-small', className)}
    >
      {icon && <Icon of={icon} size="s" />}
      {children}
      {keycap}
    </button>
  )
}
