import { type RefObject, useMemo } from 'react'
import type { Agent } from '#shared/model/agent.ts'
import { mentionLabel } from '#shared/rules/mentions.ts'
import { typedForms } from '#shared/rules/pinyin.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { useMyId } from '../../../store/states.ts'
import { useAgents } from '../../customer/names.ts'
import type { WordsField } from '../words-field.ts'
import type { Choice } from './use-insert.ts'

export interface ColleagueChoice extends Choice {
  agent: Agent
}

/** Who can be named in a note of this inbox: whoever may see it (I5), besides oneself. */
export function useColleagues(inboxId: string): readonly Agent[] {
  const agents = useAgents()
  const me = useMyId()
  return useMemo(
    () =>
      [...agents.values()].filter(
        ({ id, active, inboxIds }) => active && id !== me && inboxIds.includes(inboxId),
      ),
    [agents, me, inboxId],
  )
}

/** Finds colleagues by name, its pinyin and initials, or address; names that begin so come first. */
export function findColleagues(
  colleagues: readonly Agent[],
  query: string,
  field: RefObject<WordsField | null>,
): ColleagueChoice[] {
  const wanted = normalise(query)
  const worth = ({ name, email }: Agent): number => {
    const plain = normalise(name)
    if (plain.startsWith(wanted)) return 3
    if (plain.split(' ').some(word => word.startsWith(wanted))) return 2
    if (`${typedForms(name)} ${normalise(email)}`.split(' ').some(form => form.startsWith(wanted))) return 1
    return 0
  }
  return colleagues
    .map(agent => ({ agent, worth: worth(agent) }))
    .filter(each => each.worth > 0)
    .sort((a, b) => b.worth - a.worth)
    .map(({ agent }) => ({
      id: agent.id,
      agent,
      choose: instead =>
        field.current?.put({ text: `@${mentionLabel(agent, colleagues)} `, rich: null }, instead),
    }))
}
