// What is told at the moment it happens and stays in the panel until it was read: what the hub refused, with who has it (S15), and what
// wants a look. And what a screen reader hears of the state: when it stops, when it goes on, not every small step.
import { useEffect, useRef } from 'react'
import { faultSentence } from '../../app/faults.ts'
import { sentences, useWords } from '../../app/i18n.ts'
import { refusalSentence } from '../../app/refusals.ts'
import { link } from '../../bridge.ts'
import { useAgents } from '../../store/directory.ts'
import { onStates, statesNow, useSync } from '../../store/states.ts'
import { toast } from '../../store/toasts.ts'
import { toggle } from '../../store/view.ts'
import { announce } from '../../ui/announce.tsx'
import { changeName } from './change-name.ts'
import { type Condition, isCurrent } from './describe.ts'
import { useLasting } from './use-condition.ts'
import { words } from './words.ts'

export function useTold(condition: Condition): void {
  useRefusalsTold()
  useTroubleTold()
  useStateSaid(condition)
}

function useRefusalsTold(): void {
  const t = useWords(words)
  const agents = useAgents()
  useEffect(
    () =>
      link.on('refused', ({ name, code, params }) => {
        const holder = params.agentId ? agents.get(params.agentId)?.name : undefined
        toast(t('refused', { what: changeName(name), why: refusalSentence(code, holder) }), {
          tone: 'bad',
          action: { label: t('look'), run: () => toggle('outboxOpen', true) },
        })
      }),
    [agents, t],
  )
}

let expected = 0

/** The composer has said itself that this reply is held: it need not be told twice. */
export const heldWasSaid = (): void => {
  expected += 1
}

/** Own messages that were held, failed or became uncertain while one was doing something else. */
function useTroubleTold(): void {
  const t = useWords(words)
  useEffect(() => {
    const count = (): number => {
      const { sync } = statesNow()
      return sync ? sync.held + sync.failed + sync.uncertain : 0
    }
    // What was there before is in the panel already.
    let before = statesNow().sync ? count() : null
    return onStates(({ sync }, { sync: last }) => {
      if (sync === last || sync === null) return
      const now = count()
      const more = before === null ? 0 : now - before
      before = now
      if (more <= 0) return
      const said = Math.min(expected, more)
      expected -= said
      if (more > said)
        toast(t('trouble', { count: more - said }), {
          action: { label: t('look'), run: () => toggle('outboxOpen', true) },
        })
    })
  }, [t])
}

function useStateSaid(condition: Condition): void {
  const t = useWords(words)
  const lasting = useLasting()
  const fault = useSync()?.fault
  const sentence = fault ? faultSentence(fault) : t('blocked')
  const said = useRef<Condition | null>(null)
  useEffect(() => {
    if (isCurrent(condition)) {
      if (said.current === 'fetching') announce(t('first-done'))
      else if (said.current !== null) announce(t('connected-again'))
      said.current = null
      return
    }
    // A hub that is back in a moment is no news.
    if (!lasting || said.current === condition) return
    if (condition === 'offline') announce(sentences(`${t('offline')}${t('stop')}`, t('sent-later')))
    else if (condition === 'blocked') announce(sentence)
    else if (condition === 'starting') announce(t('core-gone'))
    else if (condition === 'fetching') announce(sentences(`${t('fetching')}${t('stop')}`, t('fetching-hint')))
    else return
    said.current = condition
  }, [condition, lasting, sentence, t])
}
