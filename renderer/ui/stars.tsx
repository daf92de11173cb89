import { Star as Drawing } from 'lucide-react'
import { useWords } from '../app/i18n.ts'
import { Icon } from './icon.tsx'
import './stars.css'
import { words } from './words.ts'

const SCORES = [1, 2, 3, 4, 5] as const

/** How somebody was served, by their own word: 1 to 5. */
export function Stars({ score }: { score: number }) {
  const say = useWords(words)
  return (
    <span className="stars" role="img" aria-label={say('stars', { score })} title={say('stars', { score })}>
      {SCORES.map(each => (
        <span key={each} data-on={each <= score || undefined}>
          <Icon of={Drawing} size="xs" />
        </span>
      ))}
    </span>
  )
}

/** The same in a list, where there is little room. */
export function Star({ score }: { score: number }) {
  const say = useWords(words)
  return (
    <span
      className="stars num"
      role="img"
      aria-label={say('stars', { score })}
      title={say('stars', { score })}
    >
      <span data-on>
        <Icon of={Drawing} size="xs" />
      </span>
      {score}
    </span>
  )
}
