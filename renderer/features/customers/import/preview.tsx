import { useMemo } from 'react'
import { labelOf } from '#shared/model/customer-field.ts'
import { valueText } from '#shared/model/field-value.ts'
import { importFields } from '#shared/rules/import-columns.ts'
import { readRow } from '#shared/rules/import-row.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { useLiveOne } from '../../../store/live.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { useImport } from './state.ts'
import { useWrongText } from './trouble.ts'
import { words } from './words.ts'

const SHOWN = 4

/** The first rows as customers, read by the very rules that every row is read by. */
export function Preview() {
  const t = useWords(words)
  const language = useLanguage()
  const said = useWrongText()
  const rows = useImport(state => state.look?.rows)
  const mapping = useImport(state => state.mapping)
  const country = useImport(state => state.country)
  const workspace = useLiveOne('workspace', {})
  const fields = useMemo(() => new Map(importFields(workspace).map(field => [field.id, field])), [workspace])
  if (!rows) return null
  return (
    <section className="im-preview" aria-label={t('preview')}>
      <h2>{t('preview')}</h2>
      <ul>
        {rows.slice(0, SHOWN).map(({ row, cells }) => {
          const read = readRow(cells, row, { mapping, fields, country })
          if (!read.ok)
            return (
              <li key={row} className="im-person">
                <span className="im-row num">{t('row', { row })}</span>
                <span className="im-wrong">
                  {read.wrong.map(({ column, problem }) => said({ column, ...problem })).join(' ')}
                </span>
              </li>
            )
          const { set, addresses, tags = [], note } = read.row
          const name = String(set.name ?? addresses[0]?.address ?? read.row.customerId ?? '')
          const rest = Object.entries(set).flatMap(([id, value]) => {
            const field = id === 'name' ? undefined : fields.get(id)
            return field ? [`${labelOf(field, language)}: ${valueText(field, value, language)}`] : []
          })
          const more = [...addresses.map(({ address }) => address), ...rest, ...tags, ...(note ? [note] : [])]
          return (
            <li key={row} className="im-person">
              <Avatar name={name} size="s" />
              <span className="im-person-name trunc">{name}</span>
              <span className="im-samples trunc" title={more.join(' · ')}>
                {more.join(' · ')}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
