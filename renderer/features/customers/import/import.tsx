import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { CheckStep } from './check-step.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { DoneStep } from './done-step.tsx'
import { FileStep } from './file-step.tsx'
import './import.css'
import { type Step, showImport, startAnew, useImport } from './state.ts'
import { words } from './words.ts'

const steps: readonly Step[] = ['file', 'columns', 'check', 'done']

/** A table of customers on its way in. Left and opened again it is where it was. */
export function Import() {
  const t = useWords(words)
  const step = useImport(state => state.step)
  const going = useImport(state => state.going)
  const title = useRef<HTMLHeadingElement>(null)
  // Each step begins where a screen reader and the keyboard find it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: of every step
  useEffect(() => title.current?.focus(), [step])
  const place = steps.indexOf(step)
  return (
    <section className="im" aria-label={t('title')}>
      <header className="customers-head">
        <IconButton icon={ArrowLeft} label={t('back')} onClick={() => showImport(false)} />
        <h1 className="customers-title trunc" title={t('title')} tabIndex={-1} ref={title}>
          {t('title')}
        </h1>
        <ol className="im-steps" aria-label={t('steps')}>
          {steps.map((each, index) => (
            <li
              key={each}
              aria-current={each === step ? 'step' : undefined}
              data-past={index < place || undefined}
            >
              <span className="im-number num" aria-hidden="true">
                {index + 1}
              </span>
              {t(`step-${each}`)}
            </li>
          ))}
        </ol>
        <span className="grow" />
        {(step === 'columns' || step === 'check') && going?.step !== 'write' && (
          <Button small kind="ghost" onClick={startAnew}>
            {t('cancel')}
          </Button>
        )}
      </header>
      <div className="im-body">
        <div className="im-column">
          {step === 'file' && <FileStep />}
          {step === 'columns' && <ColumnsStep />}
          {step === 'check' && <CheckStep />}
          {step === 'done' && <DoneStep />}
        </div>
      </div>
    </section>
  )
}
