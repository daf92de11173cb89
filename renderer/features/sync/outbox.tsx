import type { ReactNode } from 'react'
import { useWords } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { useMyId, useSync } from '../../store/states.ts'
import { Empty } from '../../ui/empty.tsx'
import { type Condition, isCurrent } from './describe.ts'
import { Head } from './head.tsx'
import { HeldLine, PlannedLine, RefusedLine, UndeliveredLine, WaitingLine } from './lines.tsx'
import './outbox.css'
import { numberText } from '../../ui/numbers.ts'
import { sorted } from './small.ts'
import { words } from './words.ts'

/** More is not for reading, and would be slow to draw. */
const MOST_LINES = 60

/** What waits and for what, and what wants a look, each with a way forward (S29). */
export function Outbox({ condition }: { condition: Condition }) {
  const t = useWords(words)
  const sync = useSync()
  const me = useMyId()
  const waiting = useLive('outbox', {}).rows
  const held = useLive('held', {}).rows
  const refused = useLive('refused', {}).rows
  const undelivered = useLive('undelivered', {}).rows
  const planned = useLive('planned', {}).rows
  const { large, small: few } = sorted(waiting)
  // What nobody asked for by hand is told only when it does not go.
  const small = condition === 'synced' ? 0 : few
  const own = held.filter(({ agentId }) => agentId === me)
  const others = held.filter(({ agentId }) => agentId !== me)
  const nothing = waiting.length + held.length + refused.length + undelivered.length + planned.length === 0
  // The query lists the first few hundred; the count is of all.
  const all = Math.max(large.length, (sync?.waiting ?? 0) - small)
  return (
    <div className="outbox">
      {sync && <Head sync={sync} condition={condition} waiting={all || small} />}
      <div className="outbox-body">
        {nothing && !isCurrent(condition) && <Empty title={t('nothing')}>{t('nothing-hint')}</Empty>}
        <Section title={t('section-held')} count={own.length}>
          {own.map(entry => (
            <HeldLine key={entry.item.id} entry={entry} />
          ))}
        </Section>
        <Section title={t('section-undelivered')} count={undelivered.length}>
          {undelivered.map(entry => (
            <UndeliveredLine key={entry.item.id} entry={entry} />
          ))}
        </Section>
        <Section title={t('section-refused')} count={refused.length}>
          {refused.map(entry => (
            <RefusedLine key={entry.id} entry={entry} />
          ))}
        </Section>
        <Section title={t('section-waiting')} count={all} also={small > 0}>
          {large.slice(0, MOST_LINES).map(entry => (
            <WaitingLine key={entry.id} entry={entry} others={waiting} />
          ))}
          {all > MOST_LINES && (
            <li className="outbox-small">{t('more-waiting', { count: all - MOST_LINES })}</li>
          )}
          {small > 0 && <li className="outbox-small">{t('small', { count: small })}</li>}
        </Section>
        <Section title={t('section-planned')} count={planned.length}>
          {planned.map(entry => (
            <PlannedLine key={entry.item.id} entry={entry} />
          ))}
        </Section>
        <Section title={t('section-held-others')} count={others.length}>
          {others.map(entry => (
            <HeldLine key={entry.item.id} entry={entry} />
          ))}
        </Section>
      </div>
    </div>
  )
}

function Section({
  title,
  count,
  also,
  children,
}: {
  title: string
  count: number
  /** There is something uncounted. */
  also?: boolean
  children: ReactNode
}) {
  if (count === 0 && !also) return null
  return (
    <section className="outbox-section" aria-label={title}>
      <h3>
        {title}
        {count > 0 && <span className="num">{numberText(count)}</span>}
      </h3>
      <ul>{children}</ul>
    </section>
  )
}
