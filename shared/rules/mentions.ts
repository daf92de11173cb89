import type { Agent } from '../model/agent.ts'
import type { Id } from '../model/base.ts'

type Named = Pick<Agent, 'id' | 'name' | 'email'>

/** How somebody is named in a note after the sign: by name; of two who share it, with what stands before the @ of their address. */
export function mentionLabel(agent: Named, agents: readonly Named[]): string {
  const shared = agents.some(({ id, name }) => id !== agent.id && name === agent.name)
  return shared ? `${agent.name} (${agent.email.split('@')[0]})` : agent.name
}

export interface Mention {
  agentId: Id
  /** Of its sign, and behind its last letter. */
  from: number
  to: number
}

const SIGN = /[@＠]/gu

/**
 * Who is named in a text: `@`, at the beginning of a word, and a label. Of two labels that fit the longer is meant, and one in Latin letters
 * ends where the word does: `@Anna` does not name Ann.
 */
export function mentionsIn(text: string, agents: readonly Named[]): Mention[] {
  const labels = agents
    .map(agent => ({ agentId: agent.id, label: mentionLabel(agent, agents) }))
    .sort((a, b) => b.label.length - a.label.length)
  const found: Mention[] = []
  for (const { index } of text.matchAll(SIGN)) {
    // `ann@example.com` names nobody.
    if (/[\w.+-]$/u.test(text.slice(Math.max(0, index - 1), index))) continue
    const rest = text.slice(index + 1)
    const at = labels.find(({ label }) => rest.startsWith(label) && ends(label, rest.slice(label.length)))
    if (at) found.push({ agentId: at.agentId, from: index, to: index + 1 + at.label.length })
  }
  return found
}

const latin = /[\p{Script=Latin}\p{N}_]/u
const ends = (label: string, rest: string): boolean =>
  !(latin.test(label.slice(-1)) && rest !== '' && latin.test(rest[0]!))

/** Everybody who is named, once. */
export const mentionedIn = (text: string, agents: readonly Named[]): Id[] => [
  ...new Set(mentionsIn(text, agents).map(({ agentId }) => agentId)),
]
