import { Download, type LucideIcon, PencilLine, Tag as TagIcon, TagsIcon, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type CustomerField, labelOf } from '#shared/model/customer-field.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { chosenOf } from '../../store/chosen.ts'
import { useLive } from '../../store/live.ts'
import { useMany } from '../../store/many.ts'
import { Button } from '../../ui/button.tsx'
import { ChosenBar, GoingBar } from '../../ui/chosen-bar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { numberText } from '../../ui/numbers.ts'
import { Options } from '../../ui/options.tsx'
import { Popover } from '../../ui/popover.tsx'
import { useFields } from '../customer/fields.ts'
import { TagPicker } from '../customer/tags.tsx'
import { unchoose, useList } from './list.ts'
import { changeMany, saveTable } from './many.ts'
import { NewValue } from './new-value.tsx'
import { words } from './words.ts'

/** Over the list's foot while somebody is chosen, or something is being done to many. */
export function ChosenCustomers({ count, name }: { count: number; name: string }) {
  const t = useWords(words)
  const chosen = useList(list => list.chosen)
  const going = useMany(many => many.going)
  const number = chosenOf(chosen, count)
  if (going) return <GoingBar {...going} />
  if (number <= 0) return null
  return (
    <ChosenBar label={t('for-chosen')} said={t('chosen', { count: number, number: numberText(number) })}>
      <FieldButton count={number} />
      <TagButton kind="tag" />
      <TagButton kind="untag" />
      <Button small kind="ghost" icon={Download} onClick={() => void saveTable(name, 'chosen')}>
        {t('save-table')}
      </Button>
      <IconButton icon={X} size="s" label={t('unchoose')} shortcut="list-leave" onClick={unchoose} />
    </ChosenBar>
  )
}

/** Set by hand for one, never for many: who somebody is, and what was noted about them. */
const ofOne = new Set(['name', 'note'])

/** First which field, then its new value. */
function FieldButton({ count }: { count: number }) {
  const t = useWords(words)
  const language = useLanguage()
  const [field, setField] = useState<CustomerField | null>(null)
  const fields = useFields().filter(({ id, kind }) => kind !== 'tags' && kind !== 'instant' && !ofOne.has(id))
  return (
    <Opened icon={PencilLine} label={t('set-field')} onClosed={() => setField(null)}>
      {close =>
        field ? (
          <NewValue
            field={field}
            count={count}
            onDone={(value, text) => {
              close()
              const name = labelOf(field, language)
              void changeMany(
                { kind: 'field', field: field.id, value },
                text === ''
                  ? t('field-emptied', { field: name })
                  : t('field-set', { field: name, value: text }),
              )
            }}
          />
        ) : (
          <Options
            label={t('set-field')}
            find={t('find-field')}
            none={t('no-field')}
            options={fields.map(each => ({ value: each.id, label: labelOf(each, language) }))}
            onChoose={id => setField(fields.find(each => each.id === id) ?? null)}
          />
        )
      }
    </Opened>
  )
}

function TagButton({ kind }: { kind: 'tag' | 'untag' }) {
  const t = useWords(words)
  const tags = useLive('tags', {}).rows
  const label = t(kind === 'tag' ? 'add-tag' : 'take-tag')
  if (kind === 'untag' && tags.length === 0) return null
  return (
    <Opened icon={kind === 'tag' ? TagIcon : TagsIcon} label={label}>
      {close => (
        <TagPicker
          label={label}
          held={[]}
          onChoose={({ id, name }) => {
            close()
            void changeMany({ kind, tagId: id }, t(kind === 'tag' ? 'tag-added' : 'tag-taken', { name }))
          }}
        />
      )}
    </Opened>
  )
}

function Opened({
  icon,
  label,
  onClosed,
  children,
}: {
  icon: LucideIcon
  label: string
  onClosed?: () => void
  children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  const show = (to: boolean): void => {
    if (!to) onClosed?.()
    setOpen(to)
  }
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={show}
      side="top"
      trigger={
        <Button small kind="ghost" icon={icon}>
          {label}
        </Button>
      }
    >
      {open && children(() => show(false))}
    </Popover>
  )
}
