// Which conversations the list shows: those of a view everybody has, or of one of one's own.
import type { SomeConversations } from '#shared/ipc/many.ts'
import type { SavedView } from '#shared/model/saved-view.ts'
import type { Sort, View } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive, useLiveOne } from '../../store/live.ts'
import { usePreferences } from '../../store/states.ts'
import { show, showSaved, useView } from '../../store/view.ts'
import { useCount } from './view-counts.ts'
import { arrange, type ViewLine, type ViewLines } from './view-order.ts'
import { words } from './words.ts'

export interface Listed {
  /** Names the list among others. */
  key: string
  /** Undefined: a view everybody has. */
  saved: SavedView | undefined
  view: View
  inboxId: string | null
  sort: Sort
  name: string
  /** How many there are; undefined while nothing is known. */
  count: number | undefined
  /** As the core names it. */
  of: SomeConversations['of']
}

export const useSavedViews = (): readonly SavedView[] => useLive('savedViews', {}).rows

/** All views in the order of the person here. */
export const useViewLines = (): ViewLines => arrange(useSavedViews(), usePreferences()?.views)

export function useViewName(): (line: ViewLine) => string {
  const t = useWords(words)
  return ({ key, saved }) => saved?.name ?? t(key as View)
}

export const goToView = ({ key, saved }: ViewLine): void => (saved ? showSaved(saved.id) : show(key as View))

/** The one that is shown; undefined: none is, or it is gone. */
export function useSavedView(): SavedView | undefined {
  const id = useView(state => state.savedViewId)
  return useSavedViews().find(each => each.id === id)
}

export function useListed(): Listed {
  const t = useWords(words)
  const view = useView(state => state.view)
  const inboxId = useView(state => state.inboxId)
  const sort = useView(state => state.sort)
  const saved = useSavedView()
  const counted = useLiveOne('conversationCount', saved ? { where: saved.where } : null)?.count
  const count = useCount()(view)
  if (saved)
    return {
      ...{ key: `${saved.id} ${sort} ${JSON.stringify(saved.where)}`, saved, view, inboxId, sort },
      ...{ name: saved.name, count: counted, of: { where: saved.where } },
    }
  return {
    ...{ key: `${view} ${inboxId} ${sort}`, saved, view, inboxId, sort },
    ...{ name: t(view), count, of: { view, inboxId } },
  }
}
