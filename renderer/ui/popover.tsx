import { Popover as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import './popover.css'
import { focusFirst, goRound } from './first-focus.ts'
import { giveBack as toWhereItWas } from './give-back.ts'

/** A small panel beside the button that opens it. It takes the focus and gives it back, to where it was or as `giveBack` does. */
export function Popover({
  trigger,
  label,
  children,
  align = 'start',
  side = 'bottom',
  open,
  onOpenChange,
  giveBack,
}: {
  trigger: ReactNode
  label: string
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  giveBack?: () => void
}) {
  return (
    <Primitive.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className="popover"
          onOpenAutoFocus={focusFirst}
          onKeyDown={goRound}
          onCloseAutoFocus={event => {
            if (!giveBack) return toWhereItWas(event)
            event.preventDefault()
            giveBack()
          }}
          aria-label={label}
          align={align}
          side={side}
          sideOffset={8}
          collisionPadding={8}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export const PopoverClose = ({ children }: { children: ReactNode }) => (
  <Primitive.Close asChild>{children}</Primitive.Close>
)
