import { useWords } from '../../app/i18n.ts'
import { words } from './words.ts'

/** How many letters the channel still takes, once they are about to run out; said aloud when there are too many. */
export function LettersLeft({ left }: { left: number | null }) {
  const say = useWords(words)
  if (left === null) return null
  return (
    <p className="comp-room meta num" data-over={left < 0 || undefined} role={left < 0 ? 'alert' : undefined}>
      {left < 0 ? say('too-long', { count: -left }) : say('letters-left', { count: left })}
    </p>
  )
}
