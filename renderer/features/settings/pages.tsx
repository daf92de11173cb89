import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../../app/i18n.ts'
import { Button } from '../../ui/button.tsx'
import './pages.css'
import { words } from './words.ts'

/** A page of the settings: its name, and what can be set. */
export const Page = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="pages">
    <h2 className="pages-title trunc">{title}</h2>
    {children}
  </div>
)

/**
 * A page of several places: a list, and the forms one goes to and comes back from. `at` names the place shown; the first is `list`.
 */
export function SettingsPages({
  title,
  at,
  onBack,
  children,
}: {
  title: string
  at: string
  onBack(): void
  children: ReactNode
}) {
  const t = useWords(words)
  const body = useRef<HTMLDivElement>(null)
  const before = useRef(at)
  // One goes on where one is: in the first field of a form. On coming to the page the focus stays at its name.
  useEffect(() => {
    if (before.current === at) return
    before.current = at
    body.current
      ?.querySelector<HTMLElement>('input:not([readonly]):not(:disabled), textarea, button')
      ?.focus()
  }, [at])
  return (
    <Page title={title}>
      {at !== 'list' && (
        <Button kind="ghost" small icon={ArrowLeft} className="pages-back" onClick={onBack}>
          {t('back')}
        </Button>
      )}
      <div ref={body} className="pages-body">
        {children}
      </div>
    </Page>
  )
}

/** Above a list: what it is for, and what can be added. */
export const PageHead = ({ lead, children }: { lead: string; children: ReactNode }) => (
  <div className="pages-head">
    <p className="faint">{lead}</p>
    {children}
  </div>
)

/** Under a form: what is done to the whole of it, and what that means. */
export const PageFoot = ({ hint, children }: { hint: string; children: ReactNode }) => (
  <p className="pages-foot">
    <span className="faint">{hint}</span>
    {children}
  </p>
)
