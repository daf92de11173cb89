import type { ReactNode } from 'react'
import { useWords } from '../app/i18n.ts'
import './chosen-bar.css'
import { numberText } from './numbers.ts'
import { Progress } from './progress.tsx'
import { words } from './words.ts'

/** How much of a list's foot it lies over. Pixels */
export const CHOSEN_BAR = 72

/** Lies over a list's foot while some of it are chosen: how many, and what can be done to all of them. */
export const ChosenBar = ({
  label,
  said,
  children,
}: {
  label: string
  said: string
  children: ReactNode
}) => (
  <section className="chosen-bar" aria-label={label}>
    <span className="chosen-count num" role="status">
      {said}
    </span>
    {children}
  </section>
)

/** In its place while something is being done to many. */
export function GoingBar({ text, done, total }: { text: string; done: number; total: number }) {
  const t = useWords(words)
  return (
    <div className="chosen-bar chosen-going" role="status">
      <span className="trunc">{text}</span>
      <Progress label={text} done={done} total={total} />
      <span className="num faint">
        {total > 0 && t('done-of', { done: numberText(done), total: numberText(total) })}
      </span>
    </div>
  )
}
