import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { type CardMapping, MappedKind, type MappedLine } from '#shared/model/card-mapping.ts'
import { cardOf } from '#shared/rules/card-of.ts'
import { parsePath } from '#shared/rules/json-path.ts'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Select } from '../../../ui/select.tsx'
import { CardView } from '../../customer/cards/card-view.tsx'
import { JsonTree } from './json-tree.tsx'
import { type Place, pathFor, type Steps } from './mapping-path.ts'
import { words } from './words.ts'

type Field =
  | 'list'
  | 'title'
  | 'status'
  | 'date'
  | 'amount'
  | 'currency'
  | 'link'
  | 'items'
  | 'itemText'
  | 'itemQuantity'
  | 'itemAmount'

/** In the order they are pressed one after the other. */
const fields: readonly { id: Field; place: Place }[] = [
  { id: 'list', place: 'list' },
  { id: 'title', place: 'entry' },
  { id: 'status', place: 'entry' },
  { id: 'date', place: 'entry' },
  { id: 'amount', place: 'entry' },
  { id: 'currency', place: 'entry' },
  { id: 'link', place: 'entry' },
  { id: 'items', place: 'items' },
  { id: 'itemText', place: 'item' },
  { id: 'itemQuantity', place: 'item' },
  { id: 'itemAmount', place: 'item' },
]
const tones = ['ok', 'warn', 'bad'] as const
const groups = ['lines', 'summary'] as const
const MOST_LINES = 12

type Active = { field: Field } | { group: (typeof groups)[number]; index: number }

const isPath = (text: string): boolean => parsePath(text) !== null
const isWhole = (id: Field, text: string): boolean => id === 'currency' || id === 'link' || isPath(text)

/** Which place of an answer is what on the card; pressed in the answer, or typed. The card beside it follows at once. */
export function MappingForm({
  mapping,
  answers,
  onChange,
}: {
  mapping: CardMapping
  /** Null: nothing was tried yet. */
  answers: readonly unknown[] | null
  onChange(change: Partial<CardMapping>): void
}) {
  const t = useWords(words)
  const [active, setActive] = useState<Active>({ field: 'list' })

  const setLine = (group: 'lines' | 'summary', index: number, change: Partial<MappedLine>): void =>
    onChange({
      [group]: mapping[group].map((line, each) => (each === index ? { ...line, ...change } : line)),
    })

  const pick = (steps: Steps): void => {
    if ('group' in active) {
      const path = pathFor(active.group === 'summary' ? 'answer' : 'entry', steps, mapping)
      if (path !== null) setLine(active.group, active.index, { path })
      return
    }
    const place = fields.findIndex(({ id }) => id === active.field)
    const path = pathFor(fields[place]!.place, steps, mapping)
    if (path === null) return
    onChange({ [active.field]: path })
    const next = fields[place + 1]
    if (next) setActive({ field: next.id })
  }

  const input = ({ id }: { id: Field }) => (
    <TextField
      key={id}
      label={t(id === 'title' ? 'map-title-field' : `map-${id}`)}
      value={mapping[id]}
      maxLength={id === 'link' ? 500 : 200}
      autoComplete="off"
      spellCheck={false}
      placeholder={
        id === 'list' ? t('map-whole') : id === 'currency' || id === 'link' ? t(`map-${id}-hint`) : undefined
      }
      error={isWhole(id, mapping[id]) ? undefined : t('map-wrong')}
      className={answers && 'field' in active && active.field === id ? 'map-active' : ''}
      onFocus={() => setActive({ field: id })}
      onChange={({ target }) => onChange({ [id]: target.value })}
    />
  )

  return (
    <>
      {answers && (
        <div className="map-tried">
          <section>
            <h3 className="cn-sub">{t('try-answer')}</h3>
            <p className="meta faint">{t('tree-hint')}</p>
            <div className="map-tree">
              {answers.map((answer, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an answer has no name
                <JsonTree key={index} value={answer} onPick={pick} />
              ))}
            </div>
          </section>
          <section>
            <h3 className="cn-sub">{t('try-card')}</h3>
            <div className="map-card">
              <CardView card={cardOf(mapping, answers)} />
            </div>
          </section>
        </div>
      )}
      <h3 className="cn-sub">{t('map-title')}</h3>
      <div className="map-fields">{fields.map(input)}</div>
      <details className="cn-more">
        <summary>{t('more')}</summary>
        <div className="map-fields">
          {tones.map(tone => (
            <Words
              key={tone}
              label={t(`tone-${tone}`)}
              hint={t('tone-hint')}
              value={mapping.tones[tone]}
              onChange={value => onChange({ tones: { ...mapping.tones, [tone]: value } })}
            />
          ))}
        </div>
        <div className="cn-checks">
          <label>
            <input
              type="checkbox"
              checked={mapping.newestFirst}
              onChange={({ target }) => onChange({ newestFirst: target.checked })}
            />
            {t('newest')}
          </label>
          <label>
            <input
              type="checkbox"
              checked={mapping.minor}
              onChange={({ target }) => onChange({ minor: target.checked })}
            />
            {t('minor')}
          </label>
          <label>
            {t('most')}
            <input
              className="input cn-most"
              type="number"
              min={1}
              max={20}
              value={mapping.most}
              onChange={({ target }) =>
                onChange({ most: Math.min(20, Math.max(1, Math.round(target.valueAsNumber || 1))) })
              }
            />
          </label>
        </div>
        {groups.map(group => (
          <fieldset key={group} className="map-lines">
            <legend>{t(group)}</legend>
            {mapping[group].map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name of its own while it is typed
              <div key={index} className="map-line">
                <input
                  className="input"
                  aria-label={t('line-label')}
                  placeholder={t('line-label')}
                  value={line.label}
                  maxLength={60}
                  onChange={({ target }) => setLine(group, index, { label: target.value })}
                />
                <input
                  className="input"
                  aria-label={t('line-path')}
                  placeholder={t('line-path')}
                  value={line.path}
                  maxLength={200}
                  spellCheck={false}
                  aria-invalid={!isPath(line.path) || undefined}
                  onFocus={() => setActive({ group, index })}
                  onChange={({ target }) => setLine(group, index, { path: target.value })}
                />
                <Select
                  label={t('line-kind')}
                  value={line.kind}
                  onChange={kind => setLine(group, index, { kind })}
                  options={MappedKind.options.map(value => ({ value, label: t(`kind-${value}`) }))}
                />
                <IconButton
                  icon={X}
                  size="s"
                  label={t('line-drop', { label: line.label })}
                  onClick={() => onChange({ [group]: mapping[group].filter((_, each) => each !== index) })}
                />
              </div>
            ))}
            {mapping[group].length < MOST_LINES && (
              <Button
                small
                kind="ghost"
                icon={Plus}
                onClick={() =>
                  onChange({ [group]: [...mapping[group], { label: '', path: '', kind: 'text' }] })
                }
              >
                {t('line-add')}
              </Button>
            )}
          </fieldset>
        ))}
      </details>
    </>
  )
}

/** Words separated by commas; kept as typed while one types. */
function Words({
  label,
  hint,
  value,
  onChange,
}: {
  label: string
  hint: string
  value: readonly string[]
  onChange(value: string[]): void
}) {
  const [text, setText] = useState(value.join(', '))
  return (
    <TextField
      label={label}
      value={text}
      placeholder={hint}
      maxLength={600}
      autoComplete="off"
      onChange={({ target }) => {
        setText(target.value)
        onChange(
          target.value
            .split(/[,，]/)
            .map(word => word.trim().slice(0, 60))
            .filter(Boolean)
            .slice(0, 30),
        )
      }}
    />
  )
}
