import { ListFilter, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Condition, Where } from '#shared/model/segment.ts'
import { type ConditionField, operatorsOf } from '#shared/rules/conditions.ts'
import { useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { useLive } from '../../store/live.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Options } from '../../ui/options.tsx'
import { Popover } from '../../ui/popover.tsx'
import { ConditionForm } from './condition-form.tsx'
import './conditions.css'
import { told, type Vocabulary } from './vocabulary.ts'
import { words } from './words.ts'

/** What a list is narrowed by, a chip each. */
export function Conditions({
  where,
  vocabulary,
  onChange,
  children,
}: {
  where: Where
  vocabulary: Vocabulary
  onChange: (where: Where) => void
  /** What is done with all of them. */
  children?: ReactNode
}) {
  const t = useWords(words)
  const { conditions, match } = where
  const set = (next: readonly Condition[]): void => onChange({ match, conditions: [...next] })
  return (
    <section className="conditions" aria-label={t('conditions')}>
      {conditions.map((condition, index) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
          key={`${index} ${condition.field}`}
          condition={condition}
          vocabulary={vocabulary}
          joined={index > 0 ? t(match === 'all' ? 'and' : 'or') : ''}
          onChange={next => set(conditions.with(index, next))}
          onRemove={() => set(conditions.toSpliced(index, 1))}
        />
      ))}
      <Add vocabulary={vocabulary} onAdd={condition => set([...conditions, condition])} />
      {conditions.length > 1 && (
        <Button
          small
          kind="ghost"
          onClick={() => onChange({ ...where, match: match === 'all' ? 'any' : 'all' })}
        >
          {t(match === 'all' ? 'match-all' : 'match-any')}
        </Button>
      )}
      {children}
    </section>
  )
}

function Chip({
  condition,
  vocabulary,
  joined,
  onChange,
  onRemove,
}: {
  condition: Condition
  vocabulary: Vocabulary
  joined: string
  onChange: (to: Condition) => void
  onRemove: () => void
}) {
  const t = useWords(words)
  const [open, setOpen] = useState(false)
  const field = vocabulary.fields.find(({ id }) => id === condition.field)
  // What its words name.
  useLive('tags', {})
  useLive('channels', {})
  const text = field && told(condition, field, vocabulary)
  const label = text ? [text.field, text.operator, text.values].filter(Boolean).join(' ') : t('field-gone')
  return (
    <>
      {joined && <span className="conditions-joined">{joined}</span>}
      <span className="condition">
        <Popover
          label={label}
          open={open}
          onOpenChange={setOpen}
          trigger={
            <button type="button" className="condition-words" title={label} disabled={!field}>
              {text ? (
                <>
                  <span>{text.field}</span> <span className="condition-operator">{text.operator}</span>{' '}
                  <span className="condition-values trunc">{text.values}</span>
                </>
              ) : (
                <span className="faint">{t('field-gone')}</span>
              )}
            </button>
          }
        >
          {field && (
            <ConditionForm
              field={field}
              condition={condition}
              vocabulary={vocabulary}
              onDone={next => {
                setOpen(false)
                onChange(next)
              }}
            />
          )}
        </Popover>
        <button
          type="button"
          className="condition-remove"
          aria-label={t('remove-condition', { name: label })}
          onClick={onRemove}
        >
          <Icon of={X} size="xs" />
        </button>
      </span>
    </>
  )
}

/** First the field, by typing; then what about it. */
function Add({ vocabulary, onAdd }: { vocabulary: Vocabulary; onAdd: (condition: Condition) => void }) {
  const t = useWords(words)
  const [open, setOpen] = useState(false)
  const [field, setField] = useState<ConditionField | null>(null)
  const { fields, fieldName } = vocabulary
  // What closes stays as it is: the focus would be lost before it is given back.
  const show = (to: boolean): void => {
    if (to) setField(null)
    setOpen(to)
  }
  useKey('list-filter', () => show(true))
  return (
    <Popover
      label={t('add-condition')}
      open={open}
      onOpenChange={show}
      trigger={
        <Button small kind="ghost" icon={ListFilter}>
          {t('add-condition')}
        </Button>
      }
    >
      {field ? (
        <ConditionForm
          field={field}
          condition={{ field: field.id, operator: operatorsOf(field.kind)[0]!, values: [] }}
          vocabulary={vocabulary}
          onDone={condition => {
            show(false)
            onAdd(condition)
          }}
        />
      ) : (
        <Options
          label={t('add-condition')}
          find={t('find-field')}
          none={t('no-field')}
          options={fields.map(each => ({ value: each.id, label: fieldName(each) }))}
          onChoose={id => setField(fields.find(each => each.id === id) ?? null)}
        />
      )}
    </Popover>
  )
}
