import { type RefObject, useEffect } from 'react'
import { type Question, questionOf } from '#shared/rules/segment-question.ts'
import { hitRanges } from '#shared/rules/segment-snippet.ts'

const NAME = 'found'
/** Texts longer than this are searched, and not marked: marking is for the eye, and must not cost a frame. */
const LONGEST = 20_000

/**
 * Marks the words that are searched for wherever they stand in the rows that are in the document. By the engine's own highlights: not one
 * element is added, so neither heights nor selections change.
 */
export function useMarks(scroller: RefObject<HTMLElement | null>, text: string): void {
  useEffect(() => {
    const question = questionOf(text)
    const root = scroller.current?.firstElementChild
    if (!question || !root || !('highlights' in CSS)) return
    let frame = 0
    const mark = (): void => {
      frame = 0
      CSS.highlights.set(NAME, new Highlight(...rangesIn(root, question)))
    }
    // Rows come and go as one scrolls.
    const observer = new MutationObserver(() => {
      frame ||= requestAnimationFrame(mark)
    })
    observer.observe(root, { childList: true, subtree: true, characterData: true })
    mark()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      CSS.highlights.delete(NAME)
    }
  }, [scroller, text])
}

function rangesIn(root: Element, question: Question): Range[] {
  const ranges: Range[] = []
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.nodeValue ?? ''
    if (text.length > LONGEST || !text.trim()) continue
    for (const [start, end] of hitRanges(text, question)) {
      const range = document.createRange()
      range.setStart(node, start)
      range.setEnd(node, end)
      ranges.push(range)
    }
  }
  return ranges
}
