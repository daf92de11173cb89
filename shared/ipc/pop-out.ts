import { z } from 'zod'
import { Id } from '../model/base.ts'

/** A conversation that has a window of its own. */
export const PopOutPlace = z.object({ customerId: Id, conversationId: Id })
export type PopOutPlace = z.infer<typeof PopOutPlace>

/** How the page's address says that it is such a window. */
export const popOutHash = ({ customerId, conversationId }: PopOutPlace): string =>
  `#/window/${encodeURIComponent(customerId)}/${encodeURIComponent(conversationId)}`

/** @returns null: the address is that of the whole desk */
export function popOutOf(hash: string): PopOutPlace | null {
  const [, customerId, conversationId] = /^#\/window\/([^/]+)\/([^/]+)$/.exec(hash) ?? []
  if (!customerId || !conversationId) return null
  try {
    const place = PopOutPlace.safeParse({
      customerId: decodeURIComponent(customerId),
      conversationId: decodeURIComponent(conversationId),
    })
    return place.success ? place.data : null
  } catch {
    return null // not what this has written
  }
}
