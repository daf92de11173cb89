import { ArrowDown, ArrowUp, Upload } from 'lucide-react'
import { type CSSProperties, type MouseEvent, useEffect, useRef } from 'react'
import type { CustomerFilter, CustomerLine, CustomerOrder } from '#shared/queries/index.ts'
import { Failed } from '../../app/failed.tsx'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { anyChosen, isChosen } from '../../store/chosen.ts'
import { useListWindow } from '../../store/list-window.ts'
import { useLeads } from '../../store/may-write.ts'
import { useSync } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { CHOSEN_BAR } from '../../ui/chosen-bar.tsx'
import { useNow } from '../../ui/clock.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useRowHeight } from '../../ui/row-height.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx'
import { type Column, gridOf, useColumns, useFitting, useGround } from './columns.tsx'
import { CustomerRow } from './customer-row.tsx'
import { showImport } from './import/state.ts'
import { words as importWords } from './import/words.ts'
import { chooseAll, orderBy, showSegment, unchoose, useList } from './list.ts'
import './table.css'
import { openCustomer, useTableKeys } from './table-keys.ts'
import { words } from './words.ts'

const keyOf = ({ customer }: CustomerLine): string => customer.id

export function CustomerTable({ filter, count }: { filter: CustomerFilter; count: number | undefined }) {
  const t = useWords(words)
  const order = useList(list => list.order)
  const reversed = useList(list => list.reversed)
  const activeId = useList(list => list.activeId)
  const chosen = useList(list => list.chosen)
  const list = useListWindow('customers', { filter, order, reversed }, keyOf, count)
  const rowHeight = useRowHeight('--h-row-table', 36)
  const handle = useRef<VirtualListHandle>(null)
  const table = useRef<HTMLDivElement>(null)
  const columns = useFitting(table, useColumns().chosen)
  const ground = useGround(useNow(), useLanguage())
  const { go, toggle } = useTableKeys({ ...list, filter, order, reversed }, handle)

  // The hands come with the eyes, once there is something under them.
  const drawn = !list.loading
  useEffect(() => {
    const { activeElement } = document
    const here = activeElement === document.body || activeElement?.matches('.rail *, [data-column=main]')
    if (drawn && here) handle.current?.focus()
  }, [drawn])

  /** A click opens; with a key of choice held it chooses. */
  const press = ({ customer }: CustomerLine, event: MouseEvent): void => {
    const index = list.indexOf(customer.id)
    if (event.shiftKey || event.metaKey || event.ctrlKey) toggle(index, event.shiftKey)
    else {
      go(index)
      openCustomer(customer.id)
    }
  }

  return (
    <div
      ref={table}
      className="customer-table"
      style={{ '--customer-grid': gridOf(columns) } as CSSProperties}
      data-choosing={chosen.all || chosen.ids.size > 0 || undefined}
    >
      <Columns columns={columns} count={list.count} />
      {list.fault ? (
        <Failed title={t('failed')} fault={list.fault} />
      ) : list.loading ? (
        <SkeletonRows count={12} flat />
      ) : list.count === 0 ? (
        <Nobody filter={filter} />
      ) : (
        <VirtualList
          key={JSON.stringify([filter, order, reversed])}
          id="customer"
          label={t('list')}
          count={list.count}
          rowAt={list.rowAt}
          keyOf={keyOf}
          rowHeight={rowHeight}
          activeKey={activeId}
          chosen={id => isChosen(chosen, id)}
          foot={anyChosen(chosen) ? CHOSEN_BAR : 0}
          onRange={list.onRange}
          handle={handle}
          render={(line, active) => (
            <CustomerRow
              line={line}
              columns={columns}
              ground={ground}
              active={active}
              chosen={line !== undefined && isChosen(chosen, line.customer.id)}
              onPress={press}
              onChoose={each => toggle(list.indexOf(each.customer.id), false)}
            />
          )}
        />
      )}
    </div>
  )
}

/** The line of names over the columns; those that the list can be ordered by are pressed for it. */
function Columns({ columns, count }: { columns: readonly Column[]; count: number }) {
  const t = useWords(words)
  const chosen = useList(list => list.chosen)
  const some = chosen.all || chosen.ids.size > 0
  return (
    <div className="customer-columns">
      <input
        type="checkbox"
        className="customer-check"
        aria-label={t('choose-all')}
        disabled={count === 0}
        checked={chosen.all && chosen.ids.size === 0}
        ref={box => {
          if (box) box.indeterminate = some && !(chosen.all && chosen.ids.size === 0)
        }}
        onChange={() => (some ? unchoose() : chooseAll())}
      />
      {columns.map(({ id, label, order, end }) => (
        <span key={id} className={`customer-cell customer-${id}`} data-end={end}>
          {order ? (
            <Order by={order} label={label()} up={order === 'name' ? 'asc' : 'desc'} />
          ) : (
            <span className="trunc">{label()}</span>
          )}
        </span>
      ))}
    </div>
  )
}

function Order({ by, label, up }: { by: CustomerOrder; label: string; up: 'asc' | 'desc' }) {
  const t = useWords(words)
  const order = useList(list => list.order)
  const reversed = useList(list => list.reversed)
  const is = order === by
  const ascending = (up === 'asc') !== reversed
  return (
    <button
      type="button"
      className="customer-order"
      aria-pressed={is}
      aria-label={
        is
          ? t(ascending ? 'ordered-up' : 'ordered-down', { column: label })
          : t('order-by', { column: label })
      }
      onClick={() => orderBy(by)}
    >
      <span className="trunc">{label}</span>
      {is && <Icon of={ascending ? ArrowUp : ArrowDown} size="xs" />}
    </button>
  )
}

/** An empty list says why it is empty. */
function Nobody({ filter }: { filter: CustomerFilter }) {
  const t = useWords(words)
  const im = useWords(importWords)
  const leads = useLeads()
  const phase = useSync()?.phase
  const narrowed = filter.text !== '' || filter.where.conditions.length > 0
  // Before the first page has come, empty would be a lie.
  if (phase === 'catching-up') return <Empty title={t('empty-syncing')}>{t('empty-syncing-hint')}</Empty>
  if (!narrowed)
    return (
      <Empty
        knot
        title={t('empty')}
        action={
          leads && (
            <Button small icon={Upload} onClick={() => showImport(true)}>
              {im('title')}
            </Button>
          )
        }
      >
        {t('empty-hint')}
      </Empty>
    )
  return (
    <Empty
      title={t('empty-found')}
      action={
        <Button small onClick={() => showSegment(null)}>
          {t('show-everybody')}
        </Button>
      }
    >
      {t(filter.text === '' ? 'empty-conditions' : 'empty-text')}
    </Empty>
  )
}
