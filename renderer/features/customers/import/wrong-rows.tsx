import { Download } from 'lucide-react'
import type { WrongRow } from '#shared/ipc/import.ts'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { numberText } from '../../../ui/numbers.ts'
import { saveWrong, useImport } from './state.ts'
import { useWrongText } from './trouble.ts'
import { words } from './words.ts'

/** The wrong rows by their numbers in the file: which column, what stands there, what is wrong with it. */
export function WrongRows() {
  const t = useWords(words)
  const said = useWrongText()
  const rows = useImport(state => state.wrong)
  const count = useImport(state => state.checked?.report.wrong ?? 0)
  const columns = useImport(state => state.look?.columns ?? [])
  const name = useImport(state => state.name).replace(/\.[^.]*$/u, '')
  const columnName = (index: number): string => columns[index]?.name || t('column', { number: index + 1 })
  const reason = ({ wrong }: WrongRow): string =>
    wrong
      .map(each => (each.column === null ? said(each) : `${columnName(each.column)}: ${said(each)}`))
      .join(' ')
  const rest = count - rows.length
  return (
    <section className="im-wrongs" aria-label={t('wrong-rows')}>
      <header>
        <h2>{t('wrong-rows')}</h2>
        <span className="grow" />
        <Button
          small
          icon={Download}
          onClick={() => void saveWrong(reason, t('reason'), t('wrong-file', { name }))}
        >
          {t('save-wrong')}
        </Button>
      </header>
      <ul>
        {rows.map(({ row, cells, wrong }) => (
          <li key={row}>
            <span className="im-row num">{t('row', { row })}</span>
            <ul>
              {wrong.map(each => (
                <li key={`${each.column} ${each.kind}`}>
                  {each.column !== null && (
                    <span className="im-cell">
                      {columnName(each.column)} <q className="trunc">{cells[each.column]}</q>
                    </span>
                  )}
                  <span className="im-wrong">{said(each)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="im-hint">{t('more-wrong', { count: rest, number: numberText(rest) })}</p>}
    </section>
  )
}
