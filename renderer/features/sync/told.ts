// What the hub refused is told at the moment it happens, with who has it (S15); it also stays in the outbox until it was read.
import { useEffect } from 'react'
import { useWords } from '../../app/i18n.ts'
import { refusalSentence } from '../../app/refusals.ts'
import { link } from '../../bridge.ts'
import { useAgents } from '../../store/directory.ts'
import { toast } from '../../store/toasts.ts'
import { toggle } from '../../store/view.ts'
import { changeName } from './change-name.ts'
import { words } from './words.ts'

export function useRefusalsTold(): void {
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
