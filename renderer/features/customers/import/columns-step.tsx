import { useMemo } from 'react'
import { tableEncodings } from '#shared/ipc/import.ts'
import { labelOf } from '#shared/model/customer-field.ts'
import { separators } from '#shared/rules/csv-reader.ts'
import { doubled, importFields, targets } from '#shared/rules/import-columns.ts'
import { countries } from '#shared/rules/phone.ts'
import { type KeyOf, useLanguage, useWords } from '../../../app/i18n.ts'
import { useLiveOne } from '../../../store/live.ts'
import { Button } from '../../../ui/button.tsx'
import { FormError } from '../../../ui/field.tsx'
import { numberText } from '../../../ui/numbers.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { Select } from '../../../ui/select.tsx'
import { Preview } from './preview.tsx'
import { check, choose, chooseTarget, readAs, useImport } from './state.ts'
import { useTrouble } from './trouble.ts'
import { words } from './words.ts'

const SAMPLES = 3
/** Nothing cannot be a value of a list. */
const NONE = '-'
/** A row without any of these is about nobody. */
const naming = new Set(['name', 'given', 'family', 'id', 'email', 'phone', 'addresses'])

/** How the file is read, and what each of its columns becomes. */
export function ColumnsStep() {
  const t = useWords(words)
  const look = useImport(state => state.look)
  const name = useImport(state => state.name)
  const mapping = useImport(state => state.mapping)
  const going = useImport(state => state.going)
  const trouble = useTrouble()
  if (!look) return null
  const twice = new Set(doubled(mapping))
  const named = mapping.some(target => naming.has(target))
  return (
    <>
      <h2 className="im-file">{t('rows-in', { count: look.total, number: numberText(look.total), name })}</h2>
      <Reading />
      <FormError>{trouble}</FormError>
      <Mapping twice={twice} />
      {named ? <Preview /> : <FormError>{t('nobody-named')}</FormError>}
      <footer className="im-foot">
        <Button
          kind="ink"
          busy={going !== null}
          disabled={twice.size > 0 || !named}
          onClick={() => void check()}
        >
          {t('check')}
        </Button>
      </footer>
    </>
  )
}

function Reading() {
  const t = useWords(words)
  const language = useLanguage()
  const reading = useImport(state => state.look?.reading)
  const country = useImport(state => state.country)
  const existing = useImport(state => state.existing)
  const regions = useMemo(() => {
    const names = new Intl.DisplayNames([language], { type: 'region' })
    return countries.map(({ id, code }) => ({ value: id, label: `${names.of(id)} +${code}` }))
  }, [language])
  if (!reading) return null
  const special = {
    gb18030: 'encoding-gb18030',
    big5: 'encoding-big5',
    'windows-1252': 'encoding-windows-1252',
  }
  return (
    <dl className="im-reading">
      <dt>{t('encoding')}</dt>
      <dd>
        <Select
          label={t('encoding')}
          value={reading.encoding}
          options={tableEncodings.map(value => ({
            value,
            label:
              value in special
                ? t(special[value as keyof typeof special] as KeyOf<typeof words>)
                : value.toUpperCase(),
          }))}
          onChange={encoding => void readAs({ encoding, separator: null })}
        />
      </dd>
      <dt>{t('separator')}</dt>
      <dd>
        <Select
          label={t('separator')}
          value={reading.separator}
          options={separators.map(value => ({
            value,
            label: t(value === '\t' ? 'separator-tab' : `separator-${value}`),
          }))}
          onChange={separator => void readAs({ separator })}
        />
      </dd>
      <dt>{t('header')}</dt>
      <dd>
        <Segmented
          label={t('header')}
          value={reading.header ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: t('header-yes') },
            { value: 'no', label: t('header-no') },
          ]}
          onChange={value => void readAs({ header: value === 'yes' })}
        />
      </dd>
      <dt>{t('country')}</dt>
      <dd>
        <Select
          label={t('country')}
          value={country}
          options={regions}
          onChange={value => choose({ country: value })}
        />
      </dd>
      <dt>{t('existing')}</dt>
      <dd>
        <Segmented
          label={t('existing')}
          value={existing}
          options={[
            { value: 'update', label: t('update') },
            { value: 'leave', label: t('leave') },
          ]}
          onChange={value => choose({ existing: value })}
        />
      </dd>
    </dl>
  )
}

function Mapping({ twice }: { twice: ReadonlySet<number> }) {
  const t = useWords(words)
  const language = useLanguage()
  const look = useImport(state => state.look)
  const mapping = useImport(state => state.mapping)
  const workspace = useLiveOne('workspace', {})
  const options = useMemo(
    () => [
      { value: NONE, label: t('target-none') },
      ...importFields(workspace)
        .filter(({ id }) => id === 'name')
        .map(field => ({ value: field.id, label: labelOf(field, language) })),
      ...targets
        .filter(target => target !== 'id')
        .map(value => ({ value: value as string, label: t(`target-${value}`) })),
      ...importFields(workspace)
        .filter(({ id }) => id !== 'name')
        .map(field => ({ value: field.id, label: labelOf(field, language) })),
      { value: 'id', label: t('target-id') },
    ],
    [workspace, language, t],
  )
  if (!look) return null
  return (
    <table className="im-table">
      <thead>
        <tr>
          <th scope="col">{t('column-in')}</th>
          <th scope="col">{t('column-as')}</th>
        </tr>
      </thead>
      <tbody>
        {look.columns.map(({ name }, index) => {
          const shown = name || t('column', { number: index + 1 })
          const samples = look.rows.flatMap(({ cells }) => cells[index]?.trim() || []).slice(0, SAMPLES)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <tr key={index} data-left-out={mapping[index] === '' || undefined}>
              <th scope="row">
                <span className="trunc">{shown}</span>
                <span className="im-samples trunc" title={samples.join(' · ')}>
                  {samples.join(' · ')}
                </span>
              </th>
              <td>
                <Select
                  label={t('target-of', { name: shown })}
                  value={mapping[index] || NONE}
                  options={options}
                  onChange={value => chooseTarget(index, value === NONE ? '' : value)}
                />
                {twice.has(index) && <FormError>{t('twice')}</FormError>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
