import { Download, Search, Upload, X } from 'lucide-react'
import { useRef } from 'react'
import type { Segment } from '#shared/model/segment.ts'
import { useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { ToList } from '../../app/to-list.tsx'
import { useLeads } from '../../store/may-write.ts'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import { numberText } from '../../ui/numbers.ts'
import { ColumnMenu } from './column-menu.tsx'
import { showImport } from './import/state.ts'
import { words as importWords } from './import/words.ts'
import { find, useList } from './list.ts'
import { saveTable } from './many.ts'
import { SegmentMenu } from './segment-menu.tsx'
import { words } from './words.ts'

/** Which list this is, how many it has, and the search in it. */
export function CustomersHead({
  name,
  segment,
  count,
}: {
  name: string
  /** Undefined: everybody. */
  segment: Segment | undefined
  count: number | undefined
}) {
  const t = useWords(words)
  const im = useWords(importWords)
  const leads = useLeads()
  useKey('list-import', leads ? () => showImport(true) : null)
  return (
    <header className="customers-head">
      <ToList to="segments" />
      <h1 className="customers-title trunc" title={name}>
        {name}
      </h1>
      <span className="customers-count num" role="status">
        {count === undefined ? '' : t('count', { count, number: numberText(count) })}
      </span>
      {segment && <SegmentMenu segment={segment} />}
      <span className="grow" />
      <Find />
      <ColumnMenu />
      {leads && (
        <IconButton
          icon={Upload}
          label={im('open')}
          shortcut="list-import"
          onClick={() => showImport(true)}
        />
      )}
      <IconButton
        icon={Download}
        label={t('save-table-all')}
        disabled={!count}
        onClick={() => void saveTable(name, 'list')}
      />
    </header>
  )
}

function Find() {
  const t = useWords(words)
  const text = useList(list => list.text)
  const field = useRef<HTMLInputElement>(null)
  useKey('list-find', () => field.current?.focus())
  return (
    <div className="search-field customers-find">
      <Icon of={Search} size="s" />
      <input
        ref={field}
        type="search"
        aria-label={t('find')}
        placeholder={t('find-hint')}
        value={text}
        maxLength={400}
        onChange={event => find(event.target.value)}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') find('')
          if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault()
            field.current?.closest('.customers')?.querySelector<HTMLElement>('[role=listbox]')?.focus()
          }
        }}
      />
      {text === '' ? (
        <Keycap of="list-find" />
      ) : (
        <IconButton icon={X} size="s" label={t('find-clear')} onClick={() => find('')} />
      )}
    </div>
  )
}
