import { Copy, Keyboard, Route } from 'lucide-react'
import { useState } from 'react'
import { faultSentence } from '../../../app/faults.ts'
import { useWords } from '../../../app/i18n.ts'
import { toast } from '../../../store/toasts.ts'
import { Button } from '../../../ui/button.tsx'
import { startTour } from '../../tour/tour.ts'
import { closeSettings, openSettings } from '../open.ts'
import { Page } from '../pages.tsx'
import './help.css'
import { reportNow } from './report.ts'
import { words } from './words.ts'

/** The tour once more, the keys, and a report for whoever is to help. */
export function Help() {
  const t = useWords(words)
  const [report, setReport] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const copy = async (): Promise<void> => {
    const made = await reportNow()
    if (!made.ok) return setProblem(faultSentence(made.fault))
    setProblem(null)
    setReport(made.value)
    try {
      await navigator.clipboard.writeText(made.value)
      toast(t('did-copy'))
    } catch {
      // The system refused the clipboard: it stands there to be selected.
    }
  }
  return (
    <Page title={t('title')}>
      <section className="help-part">
        <p>{t('tour-lead')}</p>
        <Button
          icon={Route}
          onClick={() => {
            closeSettings()
            startTour()
          }}
        >
          {t('tour')}
        </Button>
      </section>
      <section className="help-part">
        <p>{t('keys-lead')}</p>
        <Button icon={Keyboard} onClick={() => openSettings('keyboard')}>
          {t('keys')}
        </Button>
      </section>
      <section className="help-part">
        <p>
          {t('report-lead')}
          <span className="help-hint">{t('report-hint')}</span>
        </p>
        <Button icon={Copy} onClick={() => void copy()}>
          {t('copy-report')}
        </Button>
        {problem && (
          <p className="help-problem" role="alert">
            {problem}
          </p>
        )}
        {report !== null && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: longer than its box: it is scrolled, and selected, by keys
          <section className="help-report" tabIndex={0} aria-label={t('report')}>
            <pre className="text">{report}</pre>
          </section>
        )}
      </section>
    </Page>
  )
}
