import type { CoreTrouble, Diagnostics } from '#shared/ipc/diagnostics.ts'
import { rowTypes } from '#shared/model/row.ts'
import { protocolVersion } from '#shared/protocol/version.ts'
import type { Desk } from './desk.ts'
import { faultOf } from './fault-error.ts'
import { replicaVersion } from './replica/migrations/index.ts'
import { nouns } from './replica/nouns.ts'

const MOST = 40

/** The latest faults, by what was asked: kinds and places in our code, never words, which may hold somebody's. */
export interface Troubles {
  note(where: string, error: unknown): void
  all(): CoreTrouble[]
}

export function createTroubles(now: () => number): Troubles {
  const kept: CoreTrouble[] = []
  return {
    note(where, error) {
      const { kind } = faultOf(error)
      const stack = kind === 'internal' && error instanceof Error ? (error.stack ?? '') : ''
      const frames = stack
        .split('\n')
        .filter(line => /^\s*at /.test(line))
        .slice(0, 8)
        .map(line => line.trim().replace(/(?:file:\/\/)?\/\S*\/([^/\s]+\/[^/\s]+)/, '$1'))
      kept.push({ at: now(), where, kind, frames })
      if (kept.length > MOST) kept.shift()
    },
    all: () => [...kept],
  }
}

export function diagnose(
  { replica, sync }: Desk,
  {
    version,
    startedAt,
    now,
    troubles,
  }: { version: string; startedAt: number; now: number; troubles: Troubles },
): Diagnostics {
  const { db, settings } = replica
  const count = (table: string): number =>
    db.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0
  const pragma = (name: string): number => db.pragma(name, { simple: true }) as number
  const { rss, heapUsed, external } = process.memoryUsage()
  const { phase, lastContactAt, currentAt, offlineSince, waiting, held, refused, uncertain, failed, fault } =
    sync()
  return {
    version,
    protocol: protocolVersion,
    replica: replicaVersion,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    memory: { rss, heap: heapUsed, external },
    upSince: startedAt,
    now,
    clockOffset: settings.get('clockOffset'),
    rows: Object.fromEntries(
      rowTypes.map(type => [
        type,
        type === 'item' || type === 'customer' ? replica.total(type) : count(nouns[type].type),
      ]),
    ),
    database: {
      size: pragma('page_count') * pragma('page_size'),
      free: pragma('freelist_count') * pragma('page_size'),
    },
    unindexed: replica.unindexed(100_000),
    streams: count('stream'),
    sync: {
      ...{ phase, lastContactAt, currentAt, offlineSince, waiting, held, refused, uncertain, failed },
      fault: fault?.kind ?? null,
    },
    troubles: troubles.all(),
  }
}
