import { useMemo } from 'react'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Item } from '#shared/model/item.ts'
import { languageNow } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { forwardSubject, headingOf } from './heading.ts'

/** What is passed on, as it will leave. */
export interface Passed {
  item: Item
  /** It has a layout, which goes along. */
  hasHtml: boolean
  heading: string
  subject: string
}

/** @returns null while the item is not at hand, or nothing is passed on */
export function useForward(
  customerId: string,
  itemId: string | null,
  subject: string,
  inbox: Inbox | undefined,
): Passed | null {
  // The surroundings of one item are itself, with at most one more.
  const { rows } = useLive('timeline', itemId ? { customerId, limit: 2, around: itemId } : null)
  const { item, hasHtml = false } = rows.find(entry => entry.item.id === itemId) ?? {}
  const language = languageNow()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading is in the language of the desk
  return useMemo(() => {
    if (!item) return null
    const sender = { name: inbox?.name ?? '', address: inbox?.address ?? '' }
    return {
      item,
      hasHtml,
      heading: headingOf(item, sender),
      subject: forwardSubject(item.subject || subject),
    }
  }, [item, hasHtml, subject, inbox, language])
}
