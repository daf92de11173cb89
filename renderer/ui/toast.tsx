import { CircleAlert, CircleCheck, MessageCircle, X } from 'lucide-react'
import { DismissableLayer } from 'radix-ui/internal'
import { type FocusEvent, useEffect, useRef, useState } from 'react'
import { useWords } from '../app/i18n.ts'
import type { KeyId } from '../app/keys/table.ts'
import { useKey } from '../app/keys/use-key.ts'
import { Icon } from './icon.tsx'
import { Keycap } from './keycap.tsx'
import './toast.css'
import { words } from './words.ts'

interface Shown {
  id: number
  tone: 'plain' | 'bad' | 'news'
  text: string
  action: { label: string; run(): void; shortcut?: KeyId } | null
  /** For how many seconds the action is possible: counted down by a line. */
  seconds: number | null
}

const icons = { plain: CircleCheck, bad: CircleAlert, news: MessageCircle }

/**
 * The toasts at the window's foot. They stay while they are pointed at, have the focus, or nobody is at the window. Escape is about one only
 * while the focus is in it: they are no layer over a dialog, which Radix's are, whose newest takes the Escape that somebody means for the
 * dialog below. A press on one closes no dialog either.
 */
export function Toasts({ toasts, onGone }: { toasts: readonly Shown[]; onGone: (id: number) => void }) {
  const t = useWords(words)
  const region = useRef<HTMLDivElement>(null)
  const before = useRef<HTMLElement | null>(null)
  const held = useHeld()
  useKey(
    'notices',
    toasts.length === 0
      ? null
      : () => {
          before.current = document.activeElement as HTMLElement | null
          region.current?.querySelector<HTMLElement>('.toast:last-child button')?.focus()
        },
  )
  const leave = (id: number): void => {
    onGone(id)
    before.current?.focus()
  }
  return (
    <>
      <DismissableLayer.Branch asChild>
        <section ref={region} className="toasts" aria-label={t('notifications')} {...held.by}>
          {toasts.map(toast => (
            <Toast
              key={toast.id}
              {...toast}
              keyed={isKeys(toast, toasts)}
              held={held.now}
              onGone={onGone}
              onLeave={leave}
            />
          ))}
        </section>
      </DismissableLayer.Branch>
      <Said toasts={toasts.filter(({ tone }) => tone !== 'bad')} role="status" />
      <Said toasts={toasts.filter(({ tone }) => tone === 'bad')} role="alert" />
    </>
  )
}

/** Of several that one key is for, it carries out the latest. */
const isKeys = ({ id, action }: Shown, all: readonly Shown[]): boolean =>
  all.findLast(other => other.action?.shortcut === action?.shortcut)?.id === id

/** Read aloud when they come: what is added to a region that was there before. */
const Said = ({ toasts, role }: { toasts: readonly Shown[]; role: 'status' | 'alert' }) => (
  <div className="sr" role={role} aria-atomic="false">
    {toasts.map(({ id, text, action }) => (
      <p key={id}>{action ? `${text} ${action.label}` : text}</p>
    ))}
  </div>
)

/** Whether somebody is at a toast, or nobody at the window; and what tells. */
function useHeld() {
  const [at, setAt] = useState({ pointer: false, focus: false, away: false })
  useEffect(() => {
    const away = (): void => setAt(state => ({ ...state, away: true }))
    const back = (): void => setAt(state => ({ ...state, away: false }))
    window.addEventListener('blur', away)
    window.addEventListener('focus', back)
    return () => {
      window.removeEventListener('blur', away)
      window.removeEventListener('focus', back)
    }
  }, [])
  const by = {
    onPointerEnter: () => setAt(state => ({ ...state, pointer: true })),
    onPointerLeave: () => setAt(state => ({ ...state, pointer: false })),
    onFocus: () => setAt(state => ({ ...state, focus: true })),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
      setAt(state => ({ ...state, focus: currentTarget.contains(relatedTarget) })),
  }
  return { now: at.pointer || at.focus || at.away, by }
}

function Toast({
  id,
  tone,
  text,
  action,
  seconds,
  keyed,
  held,
  onGone,
  onLeave,
}: Shown & { keyed: boolean; held: boolean; onGone: (id: number) => void; onLeave: (id: number) => void }) {
  const t = useWords(words)
  /** Milliseconds. */
  const left = useRef(seconds === null ? (tone === 'bad' || action ? 9000 : 4000) : seconds * 1000)
  useEffect(() => {
    if (held) return
    const begun = performance.now()
    const timer = setTimeout(() => onGone(id), left.current)
    return () => {
      clearTimeout(timer)
      left.current -= performance.now() - begun
    }
  }, [held, id, onGone])
  return (
    <div
      className={`toast toast-${tone}`}
      role="status"
      aria-live="off"
      data-held={held || undefined}
      onKeyDown={event => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.preventDefault()
        event.stopPropagation()
        onLeave(id)
      }}
    >
      <div className="toast-said">
        <Icon of={icons[tone]} />
        <div className="grow">{text}</div>
      </div>
      {action && (
        <button
          type="button"
          className="toast-button"
          onClick={() => {
            onLeave(id)
            action.run()
          }}
        >
          {action.label}
          {keyed && action.shortcut && <Keycap of={action.shortcut} />}
        </button>
      )}
      <button type="button" className="toast-close" aria-label={t('dismiss')} onClick={() => onLeave(id)}>
        <Icon of={X} size="s" />
      </button>
      {seconds !== null && (
        <span className="toast-time" style={{ animationDuration: `${seconds}s` }} aria-hidden="true" />
      )}
    </div>
  )
}
