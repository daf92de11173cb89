// Where the caret was in words that one has left, for as long as the page lives: whoever is called away in the middle of a sentence comes
// back to that place and not behind the last word.
import type { DraftKind } from '#shared/model/draft.ts'

export interface CaretPlace {
  /** @param length of the words: when there are others, the place says nothing. No words are kept. */
  leave(length: number, at: number): void
  /** Null: nobody has been there, or the words are others by now. */
  back(length: number): number | null
}

/** Of so many drafts, the latest. */
const MOST = 100

const places = new Map<string, { length: number; at: number }>()

export const caretPlaceOf = (conversationId: string, kind: DraftKind): CaretPlace => {
  const key = `${conversationId} ${kind}`
  return {
    leave(length, at) {
      places.delete(key)
      places.set(key, { length, at })
      const [oldest] = places.keys()
      if (places.size > MOST && oldest !== undefined) places.delete(oldest)
    },
    back(length) {
      const place = places.get(key)
      return place?.length === length ? place.at : null
    },
  }
}
