import { type MouseEvent, useCallback, useEffect, useRef } from 'react'
import type { ConversationLine } from '#shared/queries/index.ts'
import { focusThread } from '../../app/columns.ts'
import { Failed } from '../../app/failed.tsx'
import { useWords } from '../../app/i18n.ts'
import { useListKeys } from '../../app/keys/list-keys.ts'
import { anyChosen, isChosen } from '../../store/chosen.ts'
import { request } from '../../store/core.ts'
import { useListWindow } from '../../store/list-window.ts'
import { inSight } from '../../store/quiet.ts'
import { faultToast } from '../../store/toasts.ts'
import { open, standOn, useView } from '../../store/view.ts'
import { CHOSEN_BAR } from '../../ui/chosen-bar.tsx'
import { useRowHeight } from '../../ui/row-height.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx'
import { choose, chooseAll, unchoose, useChosen } from './chosen.ts'
import { ChosenConversations } from './chosen-conversations.tsx'
import './conversation-list.css'
import { ConversationRow } from './conversation-row.tsx'
import { EmptyView } from './empty-view.tsx'
import { useGoingOn } from './going-on.ts'
import { useListed } from './listed.ts'
import { useAhead } from './use-ahead.ts'
import { words } from './words.ts'

const keyOf = ({ conversation }: ConversationLine): string => conversation.id

export function ConversationList() {
  const t = useWords(words)
  const listed = useListed()
  const { key, saved, view, inboxId, sort, name } = listed
  const conversationId = useView(state => state.conversationId)
  const chosen = useChosen(state => state.chosen)
  const list = useListWindow(
    saved ? 'chosenConversations' : 'conversations',
    saved ? { where: saved.where, sort } : { view, inboxId, sort },
    keyOf,
    listed.count,
  )
  const rowHeight = useRowHeight('--h-row', 79)
  const handle = useRef<VirtualListHandle>(null)
  const { toggle, goOn, revealWhenThere } = useListKeys(
    {
      ...list,
      idAt: index => list.rowAt(index)?.conversation.id,
      activeId: conversationId,
      stand(id, index) {
        const line = list.rowAt(index)
        if (line) standOn({ customerId: line.conversation.customerId, conversationId: id })
      },
      enter: focusThread,
      chosen,
      ...{ choose, chooseAll, unchoose },
      async between(first, last) {
        const window = { offset: first, limit: last - first + 1 }
        const result = await request('conversationIds', { of: listed.of, sort, ...window })
        if (result.ok) return result.value.ids
        faultToast(result.fault)
        return null
      },
    },
    handle,
  )
  useGoingOn({ goOn, revealWhenThere })

  useEffect(() => {
    if (!list.loading) inSight()
  }, [list.loading])
  const customerId = useView(state => state.customerId)
  useAhead(list, customerId && conversationId ? { customerId, conversationId } : null)

  // The same functions at every drawing: a row that has not changed is not drawn again while one scrolls.
  const latest = useRef({ toggle, indexOf: list.indexOf })
  latest.current = { toggle, indexOf: list.indexOf }
  const mark = useCallback(({ conversation: { id } }: ConversationLine, range = false): void => {
    const now = latest.current
    now.toggle(now.indexOf(id), range)
  }, [])
  /** A click opens; with a key of choice held it chooses. */
  const press = useCallback(
    (line: ConversationLine, event: MouseEvent): void => {
      const { id, customerId } = line.conversation
      if (event.shiftKey || event.metaKey || event.ctrlKey) mark(line, event.shiftKey)
      else open({ customerId, conversationId: id })
    },
    [mark],
  )

  if (list.fault) return <Failed title={t('failed')} fault={list.fault} />
  if (list.loading) return <SkeletonRows count={6} />
  if (list.count === 0) return <EmptyView saved={saved} view={view} inboxId={inboxId} />
  return (
    <div className="conversation-list">
      <VirtualList
        // Another list begins at its top.
        key={key}
        id="conversation"
        label={t('list', { view: name })}
        count={list.count}
        rowAt={list.rowAt}
        keyOf={keyOf}
        rowHeight={rowHeight}
        activeKey={conversationId}
        {...(anyChosen(chosen) ? { chosen: (id: string) => isChosen(chosen, id) } : {})}
        startAt={list.startAt}
        foot={anyChosen(chosen) ? CHOSEN_BAR : 0}
        onRange={list.onRange}
        handle={handle}
        render={(line, active) => (
          <ConversationRow
            line={line}
            active={active}
            chosen={line !== undefined && isChosen(chosen, line.conversation.id)}
            onPress={press}
            onChoose={mark}
          />
        )}
      />
      <ChosenConversations listed={listed} count={list.count} />
    </div>
  )
}
