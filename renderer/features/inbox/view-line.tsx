import { ArrowDown, ArrowUp, Ellipsis, Eye, EyeOff, PencilLine, Trash2 } from 'lucide-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import type { SavedView } from '#shared/model/saved-view.ts'
import type { View } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import { useLiveOne } from '../../store/live.ts'
import { useMayWrite } from '../../store/may-write.ts'
import { show, showSaved, useView } from '../../store/view.ts'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { numberText } from '../../ui/numbers.ts'
import { removeView } from './saved.ts'
import { viewIcons } from './view-icons.ts'
import './view-line.css'
import { useCount } from './view-counts.ts'
import type { ViewLine } from './view-order.ts'
import { words } from './words.ts'

/** What can be done to a view's place. */
export interface Placing {
  hidden: boolean
  shift: (by: -1 | 1) => void
  /** Null: it is never hidden. */
  hide: ((hide: boolean) => void) | null
  /** Puts the view that is dragged before this one. */
  drop: (dragged: string) => void
}

const kind = 'application/x-skein-view'

/** A view: its name and how many it has. Where the pointer or the focus is, its menu; it can be dragged to another place. */
export function ViewLineItem({
  line,
  placing,
  onEdit,
}: {
  line: ViewLine
  placing: Placing
  onEdit: (view: SavedView) => void
}) {
  const [over, setOver] = useState(false)
  const isView = (event: DragEvent): boolean => event.dataTransfer.types.includes(kind)
  return (
    <li
      className="view-line"
      draggable={!placing.hidden}
      data-over={over || undefined}
      onDragStart={event => {
        event.dataTransfer.setData(kind, line.key)
        event.dataTransfer.effectAllowed = 'move'
      }}
      onDragOver={event => {
        if (placing.hidden || !isView(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        setOver(false)
        if (!isView(event)) return
        event.preventDefault()
        placing.drop(event.dataTransfer.getData(kind))
      }}
    >
      {line.saved ? <SavedLine view={line.saved} /> : <UsualLine view={line.key} />}
      <LineMenu line={line} placing={placing} onEdit={onEdit} />
    </li>
  )
}

function UsualLine({ view }: { view: View }) {
  const t = useWords(words)
  const chosen = useView(state => state.savedViewId === null && state.view === view)
  const count = useCount()(view)
  return (
    <Shown
      chosen={chosen}
      name={t(view)}
      sign={<Icon of={viewIcons[view]} />}
      count={count}
      view={view}
      onClick={() => show(view)}
    />
  )
}

function SavedLine({ view }: { view: SavedView }) {
  const chosen = useView(state => state.savedViewId === view.id)
  const count = useLiveOne('conversationCount', { where: view.where })?.count
  return (
    <Shown
      chosen={chosen}
      name={view.name}
      sign={<i className="side-dot" data-team={view.agentId === null || undefined} />}
      count={count}
      onClick={() => showSaved(view.id)}
    />
  )
}

function Shown({
  chosen,
  name,
  sign,
  count,
  view,
  onClick,
}: {
  chosen: boolean
  name: string
  sign: ReactNode
  /** Undefined: not known yet. */
  count: number | undefined
  view?: View
  onClick: () => void
}) {
  // Of mentions only those are counted that were not seen: none of them is no word on what the list below it holds.
  const empty = count === undefined || (count === 0 && (!chosen || view === 'mentioned'))
  return (
    <button
      type="button"
      className="side-line"
      data-view={view}
      data-some={(count !== undefined && count > 0) || undefined}
      aria-current={chosen || undefined}
      onClick={onClick}
    >
      {sign}
      <span className="trunc" title={name}>
        {name}
      </span>
      <span className="side-count num">{empty ? '' : numberText(count)}</span>
    </button>
  )
}

function LineMenu({
  line: { key, saved },
  placing: { hidden, shift, hide },
  onEdit,
}: {
  line: ViewLine
  placing: Placing
  onEdit: (view: SavedView) => void
}) {
  const t = useWords(words)
  const mayWrite = useMayWrite()
  const name = saved?.name ?? t(key as View)
  return (
    <Menu
      align="end"
      label={name}
      trigger={<IconButton icon={Ellipsis} size="s" label={t('view-menu', { name })} />}
    >
      {saved && mayWrite(saved) && (
        <>
          <MenuItem icon={PencilLine} onSelect={() => onEdit(saved)}>
            {t('edit')}
          </MenuItem>
          <MenuItem icon={Trash2} danger onSelect={() => void removeView(saved)}>
            {t('delete')}
          </MenuItem>
          <MenuLine />
        </>
      )}
      {!hidden && (
        <>
          <MenuItem icon={ArrowUp} onSelect={() => shift(-1)}>
            {t('move-up')}
          </MenuItem>
          <MenuItem icon={ArrowDown} onSelect={() => shift(1)}>
            {t('move-down')}
          </MenuItem>
        </>
      )}
      {hide && (
        <MenuItem icon={hidden ? Eye : EyeOff} onSelect={() => hide(!hidden)}>
          {t(hidden ? 'show-view' : 'hide-view')}
        </MenuItem>
      )}
    </Menu>
  )
}
