import { Check, CircleDashed, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { stepNames } from '#shared/protocol/inboxes.ts'
import { sentences, useLanguage, useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import type { Attempt, StepLine } from './attempt.ts'
import { words as troubles } from './trouble.words.ts'
import { words } from './words.ts'

const drawing = { begun: CircleDashed, done: Check, failed: X } as const

/** What is being tried, step by step, and what came of each. */
export function Steps({ attempt, failed }: { attempt: Attempt; failed: 'unchanged' | 'check-failed' }) {
  const t = useWords(words)
  const chinese = useLanguage() === 'zh-CN'
  const { lines, word, end } = attempt
  const place = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is told is brought into sight
  useEffect(() => void place.current?.scrollIntoView({ block: 'nearest' }), [lines, word, end])
  if (lines.length === 0) return null
  const hint = end?.t === 'unchanged' ? end.hint : null
  const ordered = lines.toSorted((one, other) => stepNames.indexOf(one.step) - stepNames.indexOf(other.step))
  return (
    <section ref={place} className="ib-steps" aria-live="polite">
      <ol>
        {ordered.map(line => (
          <Step key={line.step} line={line} />
        ))}
      </ol>
      {word && (
        <div className="ib-word">
          <p>{t('word', { address: word.address.replace(/^https:\/\//, '') })}</p>
          <p className="ib-word-itself num">{word.word}</p>
          <Button small onClick={() => window.open(word.address, '_blank', 'noopener,noreferrer')}>
            {t('open-page')}
          </Button>
        </div>
      )}
      {end?.t === 'unchanged' && (
        <p className="pages-note" role="alert">
          {sentences(hint ? (chinese ? hint.zh : hint.en) : '', t(failed))}
        </p>
      )}
    </section>
  )
}

function Step({ line: { step, state, told } }: { line: StepLine }) {
  const t = useWords(words)
  const why = useWords(troubles)
  const facts = told.t === 'done' ? told : null
  const trouble = told.t === 'failed' ? told.trouble : null
  return (
    <li className={`ib-step ib-step-${state}`}>
      <Icon of={drawing[state]} size="s" />
      <span>
        {t(`step-${step}`)}
        <span className="sr"> {t(`${state}-state`)}</span>
        {facts?.messages !== undefined && (
          <span className="faint num"> {t('fact-messages', { count: facts.messages })}</span>
        )}
        {facts?.idle === false && <span className="faint"> {t('fact-no-idle')}</span>}
        {trouble && <span className="ib-why">{why(trouble.kind)}</span>}
        {trouble?.detail && (
          <span className="ib-said text faint">{t('said', { detail: trouble.detail })}</span>
        )}
      </span>
    </li>
  )
}
