import type { Agent } from '#shared/model/agent.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import { sortKey, typedForms } from '#shared/rules/pinyin.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { inOrder } from '../../../ui/numbers.ts'

/** Who may get a conversation, in the order of an address book. @param text a name, its address or how it is typed (`wangfang`, `wf`) */
export function colleaguesFor(
  { inboxId }: Pick<Conversation, 'inboxId'>,
  agents: Iterable<Agent>,
  me: string,
  text: string,
): Agent[] {
  const said = normalise(text).trim()
  const fits = ({ name, email }: Agent): boolean =>
    said === '' ||
    normalise(name).includes(said) ||
    email.toLowerCase().includes(said) ||
    typedForms(name)
      .split(' ')
      .some(form => form.startsWith(said))
  return [...agents]
    .filter(agent => agent.active && agent.id !== me && agent.inboxIds.includes(inboxId) && fits(agent))
    .sort((a, b) => inOrder(sortKey(a.name), sortKey(b.name)))
}
