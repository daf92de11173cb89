import clsx from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import type { KeyId } from '../app/keys/table.ts'
import { giveBack } from './give-back.ts'
import { Icon } from './icon.tsx'
import { Keycap } from './keycap.tsx'
import './menu.css'

/** A menu that a button opens. Letters jump to entries, arrows move, Escape gives the focus back. */
export function Menu({
  trigger,
  children,
  align = 'start',
  side = 'bottom',
  label,
  open,
  onOpenChange,
}: {
  trigger: ReactNode
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  label?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
}) {
  return (
    <Primitive.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange } : {})}
      modal={false}
    >
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className="menu"
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={giveBack}
          aria-label={label}
          loop
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export function MenuItem({
  icon,
  shortcut,
  danger,
  disabled,
  hint,
  onSelect,
  children,
}: {
  icon?: LucideIcon
  shortcut?: KeyId
  danger?: boolean
  disabled?: boolean
  /** Something at the end of the line, such as the time a choice stands for. */
  hint?: ReactNode
  onSelect: () => void
  children: ReactNode
}) {
  return (
    <Primitive.Item
      className={clsx('menu-item', danger && 'menu-danger')}
      disabled={disabled ?? false}
      onSelect={onSelect}
    >
      {icon && <Icon of={icon} size="s" />}
      <span className="trunc grow">{children}</span>
      {hint && <span className="menu-hint">{hint}</span>}
      {shortcut && <Keycap of={shortcut} />}
    </Primitive.Item>
  )
}

/** One of several that can be on together; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  before,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  before?: ReactNode
  children: ReactNode
}) {
  return (
    <Primitive.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={event => event.preventDefault()}
    >
      {before}
      <span className="trunc grow">{children}</span>
      <Primitive.ItemIndicator>
        <Icon of={Check} size="s" />
      </Primitive.ItemIndicator>
    </Primitive.CheckboxItem>
  )
}

/** One of several, with a check before the chosen one. */
export function MenuChoice<Value extends string>({
  value,
  options,
  onChange,
}: {
  value: Value
  options: readonly { value: Value; label: ReactNode; before?: ReactNode }[]
  onChange: (value: Value) => void
}) {
  return (
    <Primitive.RadioGroup value={value} onValueChange={next => onChange(next as Value)}>
      {options.map(option => (
        <Primitive.RadioItem className="menu-item" key={option.value} value={option.value}>
          {option.before}
          <span className="trunc grow">{option.label}</span>
          <Primitive.ItemIndicator>
            <Icon of={Check} size="s" />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  )
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Primitive.Label className="menu-label">{children}</Primitive.Label>
)
export const MenuLine = () => <Primitive.Separator className="menu-line" />
