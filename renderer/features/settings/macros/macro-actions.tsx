import { X } from 'lucide-react'
import { Priority } from '#shared/model/conversation.ts'
import { useWords } from '../../../app/i18n.ts'
import { useAgents } from '../../../store/directory.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { Select } from '../../../ui/select.tsx'
import { lengthText } from '../../composer/insert/does.ts'
import { words as insertWords } from '../../composer/insert/words.ts'
import { useTags } from '../../customer/names.ts'
import { type FormValues, lengths } from './form-values.ts'
import { words } from './words.ts'

/** What a macro does besides its words. */
export function MacroActionsForm({
  values: { tagIds, assign, priority, after, snooze },
  readOnly,
  set,
}: {
  values: FormValues
  readOnly: boolean
  set: (change: Partial<FormValues>) => void
}) {
  const t = useWords(words)
  const say = useWords(insertWords)
  const tags = useTags()
  const agents = [...useAgents().values()].filter(({ active }) => active)
  const offered = [...tags.values()].filter(({ id }) => !tagIds.includes(id))
  const known = lengths.includes(snooze) ? lengths : [...lengths, snooze].sort((a, b) => a - b)
  return (
    <fieldset className="macro-actions" disabled={readOnly}>
      <legend>{t('actions')}</legend>
      <div className="macro-line">
        <span>{t('tags')}</span>
        <div className="macro-tags">
          {tagIds.flatMap(id => {
            const name = tags.get(id)?.name
            if (name === undefined) return []
            return (
              <span key={id} className="macro-tag">
                <Chip round>{name}</Chip>
                <IconButton
                  icon={X}
                  size="s"
                  label={t('drop-tag', { name })}
                  onClick={() => set({ tagIds: tagIds.filter(each => each !== id) })}
                />
              </span>
            )
          })}
          {offered.length > 0 && (
            <Menu label={t('add-tag')} trigger={<Button small>{t('add-tag')}</Button>}>
              {offered.map(({ id, name }) => (
                <MenuItem key={id} onSelect={() => set({ tagIds: [...tagIds, id] })}>
                  {name}
                </MenuItem>
              ))}
            </Menu>
          )}
          {tags.size === 0 && <span className="meta faint">{t('no-tags')}</span>}
        </div>
      </div>
      <div className="macro-line">
        <span>{t('assign')}</span>
        <Select
          label={t('assign')}
          value={assign || 'leave'}
          onChange={value => set({ assign: value === 'leave' ? '' : value })}
          options={[
            { value: 'leave', label: t('assign-leave') },
            { value: 'me', label: t('assign-me') },
            { value: 'nobody', label: t('assign-nobody') },
            ...agents.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <div className="macro-line">
        <span>{t('priority')}</span>
        <Select
          label={t('priority')}
          value={priority || 'leave'}
          onChange={value => set({ priority: value === 'leave' ? '' : value })}
          options={[
            { value: 'leave', label: t('assign-leave') },
            ...Priority.options.map(value => ({ value, label: t(`priority-${value}`) })),
          ]}
        />
      </div>
      <div className="macro-line">
        <span>{t('after')}</span>
        <Select
          label={t('after')}
          value={after === 'snooze' ? String(snooze) : after}
          onChange={value =>
            set(
              value === 'nothing' || value === 'close'
                ? { after: value }
                : { after: 'snooze', snooze: Number(value) },
            )
          }
          options={[
            { value: 'nothing', label: t('after-nothing') },
            { value: 'close', label: t('after-close') },
            ...known.map(minutes => ({
              value: String(minutes),
              label: t('after-snooze', { time: lengthText(minutes, say) }),
            })),
          ]}
        />
      </div>
    </fieldset>
  )
}
