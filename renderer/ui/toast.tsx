import { CircleAlert, CircleCheck, MessageCircle, X } from 'lucide-react'
import { Toast as Primitive } from 'radix-ui'
import { useRef } from 'react'
import { useWords } from '../app/i18n.ts'
import type { KeyId } from '../app/keys/table.ts'
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

/** The toasts at the window's foot. F8 moves the focus there; they stay while pointed at. */
export function Toasts({ toasts, onGone }: { toasts: readonly Shown[]; onGone: (id: number) => void }) {
  const t = useWords(words)
  /** Escape elsewhere is not about a toast: what can be undone stays to be undone. */
  const stays = useRef(false)
  return (
    <Primitive.Provider label={t('notifications')} swipeDirection="left">
      {toasts.map(({ id, tone, text, action, seconds }) => (
        <Primitive.Root
          key={id}
          className={`toast toast-${tone}`}
          type={tone === 'bad' ? 'foreground' : 'background'}
          duration={seconds === null ? (tone === 'bad' || action ? 9000 : 4000) : seconds * 1000}
          open
          onEscapeKeyDown={event => {
            const about = (event.target as Element | null)?.closest?.('.toast, [role=dialog], [role=menu]')
            stays.current = action !== null && !about
          }}
          onOpenChange={open => {
            if (!open && !stays.current) onGone(id)
            stays.current = false
          }}
        >
          <Icon of={icons[tone]} />
          <Primitive.Description className="grow">{text}</Primitive.Description>
          {action && (
            <Primitive.Action className="toast-button" altText={action.label} onClick={action.run}>
              {action.label}
              {action.shortcut && <Keycap of={action.shortcut} />}
            </Primitive.Action>
          )}
          <Primitive.Close className="toast-close" aria-label={t('dismiss')}>
            <Icon of={X} size="s" />
          </Primitive.Close>
          {seconds !== null && (
            <span className="toast-time" style={{ animationDuration: `${seconds}s` }} aria-hidden="true" />
          )}
        </Primitive.Root>
      ))}
      <Primitive.Viewport className="toasts" label={t('notifications')} />
    </Primitive.Provider>
  )
}
