import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import type { KeyId } from '../app/keys/table.ts'
import { Icon } from './icon.tsx'
import './icon-button.css'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon
  /** Its name, read out and shown as the tooltip. */
  label: string
  /** The shortcut that does the same, shown in the tooltip. */
  shortcut?: KeyId
  size?: 's' | 'm' | 'l'
}

export function IconButton({ icon, label, shortcut, size = 'm', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} {...(shortcut ? { shortcut } : {})}>
      <button type="button" aria-label={label} {...rest} className={clsx('icon-button', className)}>
        <Icon of={icon} size={size} />
      </button>
    </Tooltip>
  )
}
