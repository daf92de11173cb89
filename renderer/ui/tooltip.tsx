import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import type { KeyId } from '../app/keys/table.ts'
import { Keycap } from './keycap.tsx'
import './tooltip.css'

/** Words for a control that shows only an icon, or what stands behind a short word. Nothing that is only here. */
export function Tooltip({
  label,
  shortcut,
  side = 'bottom',
  children,
}: {
  label: ReactNode
  shortcut?: KeyId
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactNode
}) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut && <Keycap of={shortcut} />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Primitive.Provider delayDuration={500} skipDelayDuration={300}>
    {children}
  </Primitive.Provider>
)
