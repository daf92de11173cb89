import { CircleCheck } from 'lucide-react'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { numberText } from '../../../ui/numbers.ts'
import { showImport, startAnew, useImport } from './state.ts'
import { words } from './words.ts'

/** What was put in. */
export function DoneStep() {
  const t = useWords(words)
  const done = useImport(state => state.done)
  if (!done) return null
  const { added, changed, left, wrong } = done
  return (
    <div className="im-drop im-done" role="status">
      <span className="im-drop-sign im-done-sign">
        <Icon of={CircleCheck} />
      </span>
      <h2>{t('done-title', { count: added, number: numberText(added) })}</h2>
      <p className="im-hint">
        {changed + left + wrong > 0 &&
          t('done-rest', {
            changed: numberText(changed),
            left: numberText(left),
            wrong: numberText(wrong),
          })}{' '}
        {t('done-soon')}
      </p>
      <div className="im-foot">
        <Button onClick={startAnew}>{t('another')}</Button>
        <Button
          kind="ink"
          data-autofocus=""
          onClick={() => {
            startAnew()
            showImport(false)
          }}
        >
          {t('back')}
        </Button>
      </div>
    </div>
  )
}
