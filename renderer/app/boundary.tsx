import { CircleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import './boundary.css'
import { useWords } from './i18n.ts'
import { note } from './troubles.ts'
import { words } from './words.ts'

/**
 * A bug in one part of the desk takes that part away and no other: the composer stands in a boundary of its own, so that what is
 * typed outlives an error in the timeline. (What was typed is in the outbox as a draft besides.)
 */
export class Boundary extends Component<
  { children: ReactNode /** Another value tries again. */; of?: string | null },
  { broken: boolean }
> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override componentDidCatch(error: unknown): void {
    note(error)
  }

  override componentDidUpdate(before: { of?: string | null }): void {
    if (this.state.broken && before.of !== this.props.of) this.setState({ broken: false })
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken retry={() => this.setState({ broken: false })} /> : this.props.children
  }
}

function Broken({ retry }: { retry: () => void }) {
  const t = useWords(words)
  return (
    <div className="broken" role="alert">
      <Icon of={CircleAlert} />
      <p className="semi">{t('broken-title')}</p>
      <p className="meta">{t('broken-hint')}</p>
      <Button small onClick={retry}>
        {t('try-again')}
      </Button>
    </div>
  )
}
