import { type RefObject, useEffect, useRef } from 'react'
import type { ConversationLine } from '#shared/queries/index.ts'
import { focusColumn } from '../../app/columns.ts'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { type ListWindow, useListWindow } from '../../store/list-window.ts'
import { open, useView } from '../../store/view.ts'
import { Empty } from '../../ui/empty.tsx'
import { useRowHeight } from '../../ui/row-height.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { EmptyView } from './empty-view.tsx'
import { useCount } from './views.tsx'
import { words } from './words.ts'

const keyOf = ({ conversation }: ConversationLine): string => conversation.id

export function ConversationList() {
  const t = useWords(words)
  const view = useView(state => state.view)
  const inboxId = useView(state => state.inboxId)
  const sort = useView(state => state.sort)
  const conversationId = useView(state => state.conversationId)
  const list = useListWindow('conversations', { view, inboxId, sort }, keyOf, useCount()(view))
  const rowHeight = useRowHeight('--h-row', 79)
  const handle = useRef<VirtualListHandle>(null)
  useListKeys(list, conversationId, handle)

  if (list.fault) return <Empty title={t('failed')}>{faultSentence(list.fault)}</Empty>
  if (list.loading) return <SkeletonRows count={6} />
  if (list.count === 0) return <EmptyView view={view} inboxId={inboxId} />
  return (
    <VirtualList
      // Another list begins at its top.
      key={`${view} ${inboxId} ${sort}`}
      id="conversation"
      label={t('list', { view: t(view) })}
      count={list.count}
      rowAt={list.rowAt}
      keyOf={keyOf}
      rowHeight={rowHeight}
      activeKey={conversationId}
      onRange={list.onRange}
      handle={handle}
      render={(line, active) => <ConversationRow line={line} active={active} />}
    />
  )
}

/**
 * The selection follows the keys and is kept by id, not by place. When the chosen one has left the list (resolved, given away),
 * the next key goes on from where it was.
 */
function useListKeys(
  list: Pick<ListWindow<ConversationLine>, 'count' | 'rowAt' | 'indexOf'>,
  conversationId: string | null,
  handle: RefObject<VirtualListHandle | null>,
): void {
  const found = conversationId === null ? -1 : list.indexOf(conversationId)
  const last = useRef(-1)
  useEffect(() => {
    if (found !== -1) last.current = found
  }, [found])

  const go = (index: number): void => {
    const to = Math.min(Math.max(index, 0), list.count - 1)
    handle.current?.reveal(to)
    const line = list.rowAt(to)
    if (line) open({ customerId: line.conversation.customerId, conversationId: line.conversation.id })
  }
  const any = list.count > 0
  const next = found === -1 ? Math.max(last.current, 0) : found + 1
  const previous = found === -1 ? Math.max(last.current - 1, 0) : found - 1
  useKey('list-next', any ? () => go(next) : null)
  useKey('list-previous', any ? () => go(previous) : null)
  useKey('list-first', any ? () => go(0) : null)
  useKey('list-last', any ? () => go(list.count - 1) : null)
  useKey('list-open', conversationId === null ? null : () => focusColumn('main'))
}
