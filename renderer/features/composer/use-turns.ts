import { useEffect, useRef, useState } from 'react'

/**
 * Sending, one after another. Words that are on their way go once, however often their key is pressed (I2); what is pressed after more
 * was typed means that, and is done when the first have gone.
 *
 * @param go sends what stands in the field as it is drawn
 */
export function useTurns<Way>(go: (way: Way) => void) {
  const going = useRef<string | null>(null)
  const pressed = useRef<Way | null>(null)
  const [next, setNext] = useState<{ way: Way } | null>(null)
  const run = useRef(go)
  run.current = go
  // Drawn first: until then `go` knows the words that have gone.
  useEffect(() => {
    if (next) run.current(next.way)
  }, [next])
  return {
    /** @param text what stands in the field @returns whether these words may go now; a press that may not is remembered when it means others */
    may(text: string, way: Way): boolean {
      if (going.current === null) return true
      if (text !== going.current) pressed.current = way
      return false
    },
    /** These words are on their way. */
    began(text: string): void {
      going.current = text
      pressed.current = null
    },
    /**
     * They have gone, or could not.
     * @param text what stands in the field by now @returns what of it is the beginning of the next
     */
    ended(went: boolean, text: string): string {
      const sent = going.current ?? ''
      const rest = text.startsWith(sent) ? text.slice(sent.length) : text
      if (went && pressed.current) setNext({ way: pressed.current })
      going.current = null
      return rest
    },
  }
}
