import { type DragEvent, useState } from 'react'
import { SHOWN } from '#shared/rules/pictures.ts'
import { filesOf } from './use-files.ts'

/** What is being dragged over the composer: files, or pictures that may stand in the words, too. */
export type Dragged = 'files' | 'pictures' | null

/**
 * Files that are dropped: on the words they are meant for them, where those take pictures, and beside them they are attached.
 * @param take undefined: nothing can be attached
 * @param onWords undefined: the words take none
 */
export function useDrop(
  take: ((files: File[]) => void) | undefined,
  onWords: ((files: File[]) => void) | undefined,
) {
  const [over, setOver] = useState<Dragged>(null)
  return {
    over,
    props: {
      onDragOver(event: DragEvent): void {
        if (!take || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        const items = [...event.dataTransfer.items]
        const pictures = onWords && items.length > 0 && items.every(({ type }) => SHOWN.test(type))
        setOver(pictures ? 'pictures' : 'files')
      },
      onDragLeave(event: DragEvent): void {
        if (!event.currentTarget.contains(event.relatedTarget as Node)) setOver(null)
      },
      onDrop(event: DragEvent): void {
        setOver(null)
        const dropped = filesOf(event.dataTransfer)
        if (dropped.length === 0 || !take) return
        event.preventDefault()
        const words = event.target instanceof Element && event.target.closest('.comp-text')
        if (words && onWords) onWords(dropped)
        else take(dropped)
      },
    },
  }
}
