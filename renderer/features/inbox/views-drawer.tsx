import { ChevronDown } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { focusList } from '../../app/columns.ts'
import { useWords } from '../../app/i18n.ts'
import { useOneColumn } from '../../store/one-column.ts'
import { goRound } from '../../ui/first-focus.ts'
import { Icon } from '../../ui/icon.tsx'
import { numberText } from '../../ui/numbers.ts'
import { useListed } from './listed.ts'
import './views-drawer.css'
import { words } from './words.ts'

/**
 * The views over the list; where there is room for one column they lie in a drawer behind a button that says which one is shown. They are
 * in the page either way: their keys hold.
 */
export function ViewsDrawer({ search, children }: { search: ReactNode; children: ReactNode }) {
  const t = useWords(words)
  const one = useOneColumn()
  const { name, count } = useListed()
  const [open, setOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const drawer = useRef<HTMLDivElement>(null)
  const shown = one && open

  const enter = (): void => {
    flushSync(() => setOpen(true))
    const lines = drawer.current
    lines?.querySelector<HTMLElement>('[aria-current]')?.focus()
  }
  const leave = (): void => {
    setOpen(false)
    trigger.current?.focus()
  }
  const pressed = (event: KeyboardEvent<HTMLElement>): void => {
    goRound(event)
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    leave()
  }
  /** A view that was chosen is looked at. */
  const chose = ({ target }: MouseEvent): void => {
    if (!(target instanceof Element) || !target.closest('.view-line > .side-line')) return
    flushSync(() => setOpen(false))
    focusList()
  }
  /** A menu or a dialog of a view's lies over it, and gives the focus back. */
  const left = ({ relatedTarget: to, currentTarget }: FocusEvent): void => {
    if (!(to instanceof Element) || currentTarget.contains(to) || to === trigger.current) return
    if (!to.closest('[role=menu], [role=dialog]')) setOpen(false)
  }
  const keys = shown ? { onKeyDown: pressed, onClick: chose, onBlur: left } : {}
  return (
    <>
      <div className="inbox-top">
        {one && (
          <button
            ref={trigger}
            type="button"
            className="views-open"
            aria-expanded={open}
            onClick={open ? leave : enter}
          >
            <span className="sr">{t('view-now')} </span>
            <span className="trunc" title={name}>
              {name}
            </span>
            <span className="side-count num">{count ? numberText(count) : ''}</span>
            <Icon of={ChevronDown} size="s" />
          </button>
        )}
        {search}
      </div>
      {shown && (
        <button
          type="button"
          tabIndex={-1}
          className="views-veil"
          aria-label={t('views-close')}
          onClick={leave}
        />
      )}
      <div
        ref={drawer}
        className={one ? 'inbox-views views-drawer' : 'inbox-views'}
        data-open={shown || undefined}
        {...keys}
      >
        {children}
      </div>
    </>
  )
}
