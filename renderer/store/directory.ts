// The few rows that everything shows a name or a colour from: agents, channels, inboxes. One subscription each for the whole desk.
import type { Agent } from '#shared/model/agent.ts'
import type { Channel } from '#shared/model/channel.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import { rowsNow, useLive } from './live.ts'

const maps = new WeakMap<readonly object[], Map<string, never>>()

/** By id; the same map as long as the rows are the same. */
function byId<Row extends { id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  let map = maps.get(rows) as Map<string, Row> | undefined
  if (!map) {
    map = new Map(rows.map(row => [row.id, row]))
    maps.set(rows, map as Map<string, never>)
  }
  return map
}

/** An agent's name, outside components; undefined when it is not known. */
export const agentNameNow = (id: string): string | undefined => byId(rowsNow('agents', {})).get(id)?.name

export const useAgents = (): ReadonlyMap<string, Agent> => byId(useLive('agents', {}).rows)
export const useChannels = (): ReadonlyMap<string, Channel> => byId(useLive('channels', {}).rows)
export const useInboxes = (): ReadonlyMap<string, Inbox> => byId(useLive('inboxes', {}).rows)
