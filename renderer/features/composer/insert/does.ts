import type { Agent } from '#shared/model/agent.ts'
import type { MacroActions } from '#shared/model/macro.ts'
import type { Tag } from '#shared/model/tag.ts'
import type { Say } from '../../../app/i18n.ts'
import type { words } from './words.ts'

type Told = Say<typeof words>

export interface Names {
  tags: ReadonlyMap<string, Tag>
  agents: ReadonlyMap<string, Agent>
}

/** Minutes as a person says them: `3 hours`, `2 days`. */
export function lengthText(minutes: number, say: Told): string {
  if (minutes % 1440 === 0) return say('days', { count: minutes / 1440 })
  return minutes % 60 === 0 ? say('hours', { count: minutes / 60 }) : say('minutes', { count: minutes })
}

/** What happens at once. A tag or an agent that is gone is left out, here as when it is done. */
export function doesAtOnce(
  { tagIds = [], assign, priority }: MacroActions,
  { tags, agents }: Names,
  say: Told,
): string[] {
  const agent = assign && agents.get(assign)?.name
  return [
    ...tagIds.flatMap(id => tags.get(id)?.name ?? []).map(name => say('does-tag', { name })),
    ...(assign === 'me' ? [say('does-me')] : assign === 'nobody' ? [say('does-nobody')] : []),
    ...(agent ? [say('does-agent', { name: agent })] : []),
    ...(priority ? [say(`does-${priority}`)] : []),
  ]
}

/** What becomes of the conversation: with words, when they are sent. */
export const doesAfter = ({ close, snooze }: Pick<MacroActions, 'close' | 'snooze'>, say: Told): string[] => [
  ...(close ? [say('does-close')] : []),
  ...(snooze ? [say('does-snooze', { time: lengthText(snooze, say) })] : []),
]
