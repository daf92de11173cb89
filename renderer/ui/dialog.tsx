import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { useWords } from '../app/i18n.ts'
import './dialog.css'
import { focusFirst } from './first-focus.ts'
import { giveBack } from './give-back.ts'
import { IconButton } from './icon-button.tsx'
import { words } from './words.ts'

/** A dialog over the desk. Escape and a click beside it close it; the focus returns to where it was. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  wide,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  footer?: ReactNode
  wide?: boolean
}) {
  const t = useWords(words)
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="scrim" />
        <Primitive.Content
          className={wide ? 'dialog dialog-wide' : 'dialog'}
          data-modal=""
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={giveBack}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="dialog-head">
            <Primitive.Title className="dialog-title">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton icon={X} label={t('close')} />
            </Primitive.Close>
          </header>
          <div className="dialog-body">
            {description && (
              <Primitive.Description className="dialog-lead">{description}</Primitive.Description>
            )}
            {children}
          </div>
          {footer && <footer className="dialog-foot">{footer}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
