import { Check, ChevronDown } from 'lucide-react'
import { Select as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import './select.css'

/** One of a few, chosen from a list that opens. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: Value
  options: readonly { value: Value; label: ReactNode }[]
  onChange: (value: Value) => void
}) {
  return (
    <Primitive.Root value={value} onValueChange={next => onChange(next as Value)}>
      <Primitive.Trigger className="input select" aria-label={label}>
        <Primitive.Value />
        <Icon of={ChevronDown} size="s" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="menu select-list" position="popper" sideOffset={4} collisionPadding={8}>
          <Primitive.Viewport>
            {options.map(option => (
              <Primitive.Item className="menu-item" key={option.value} value={option.value}>
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                <span className="grow" />
                <Primitive.ItemIndicator>
                  <Icon of={Check} size="s" />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
