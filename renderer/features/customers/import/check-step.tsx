import { sentences, useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { FormError } from '../../../ui/field.tsx'
import { numberText } from '../../../ui/numbers.ts'
import { Progress } from '../../../ui/progress.tsx'
import { check, choose, putIn, useImport } from './state.ts'
import { useTrouble } from './trouble.ts'
import { words } from './words.ts'
import { WrongRows } from './wrong-rows.tsx'

const stepName = { read: 'step-read', send: 'step-send', check: 'step-hub', write: 'step-write' } as const

/** What would become of every row, before anything is put in; and the putting in. */
export function CheckStep() {
  const t = useWords(words)
  const going = useImport(state => state.going)
  const checked = useImport(state => state.checked)
  const trouble = useTrouble()
  return (
    <>
      <div aria-live="polite" className="im-going">
        {going && (
          <>
            <span>{t(stepName[going.step])}</span>
            <span className="num im-hint">
              {going.total > 0 &&
                t('progress', { done: numberText(going.done), total: numberText(going.total) })}
            </span>
            <Progress label={t(stepName[going.step])} done={going.done} total={going.total} />
            {going.step === 'write' && <span className="im-hint">{t('stay')}</span>}
          </>
        )}
      </div>
      <FormError>{trouble}</FormError>
      {checked ? <Checked /> : <Again />}
    </>
  )
}

function Again() {
  const t = useWords(words)
  const fault = useImport(state => state.fault)
  if (!fault) return null
  return (
    <footer className="im-foot">
      <Button onClick={() => choose({ step: 'columns' })}>{t('back-columns')}</Button>
      <Button kind="ink" onClick={() => void check()}>
        {t('try-again')}
      </Button>
    </footer>
  )
}

function Checked() {
  const t = useWords(words)
  const checked = useImport(state => state.checked)
  const going = useImport(state => state.going)
  const part = useImport(state => state.part)
  const fault = useImport(state => state.fault)
  if (!checked) return null
  const { added, changed, left, wrong } = checked.report
  const count = added + changed
  return (
    <>
      <dl className="im-figures">
        {(['added', 'changed', 'left', 'wrong'] as const).map(kind => (
          <div key={kind} data-kind={checked.report[kind] > 0 ? kind : undefined}>
            <dt>{t(kind)}</dt>
            <dd className="num">{numberText(checked.report[kind])}</dd>
          </div>
        ))}
      </dl>
      <p className="im-hint">
        {sentences(t(wrong === 0 ? 'all-right' : 'choose-part'), going ? '' : t('nothing-yet'))}
      </p>
      {wrong > 0 && (
        <>
          <label className="im-part">
            <input
              type="checkbox"
              checked={part}
              disabled={going !== null}
              onChange={event => choose({ part: event.target.checked })}
            />
            {t('without-wrong', { count: wrong, number: numberText(wrong) })}
          </label>
          <WrongRows />
        </>
      )}
      <footer className="im-foot">
        <Button disabled={going !== null} onClick={() => choose({ step: 'columns' })}>
          {t('back-columns')}
        </Button>
        {count + left === 0 ? (
          <span className="im-hint">{t('nothing-to-do')}</span>
        ) : (
          <Button
            kind="ink"
            busy={going?.step === 'write'}
            disabled={(wrong > 0 && !part) || count === 0}
            onClick={() => void putIn()}
          >
            {fault ? t('try-again') : t('put-in', { count, number: numberText(count) })}
          </Button>
        )}
      </footer>
    </>
  )
}
