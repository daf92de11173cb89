import type { Id, Instant } from '#shared/model/base.ts'
import type { ImportPlan, ImportReport, ImportRow } from '#shared/protocol/import.ts'
import type { Staging } from './staging.ts'

interface Kept {
  agentId: Id
  plan: ImportPlan
  at: Instant
  intended: ImportReport | null
  rows: ImportRow[]
}

export function memoryStaging(): Staging {
  const imports = new Map<Id, Kept>()
  const rowsOf = (id: Id): ImportRow[] => imports.get(id)?.rows ?? []
  return {
    async begin(id, agentId, plan, at) {
      if (!imports.has(id)) imports.set(id, { agentId, plan, at, intended: null, rows: [] })
    },
    async find(id) {
      const kept = imports.get(id)
      return (
        kept && {
          id,
          agentId: kept.agentId,
          plan: kept.plan,
          rows: kept.rows.length,
          intended: kept.intended,
        }
      )
    },
    async add(id, from, rows) {
      const there = rowsOf(id)
      if (from <= there.length) there.push(...rows.slice(there.length - from))
    },
    rows: async (id, from, limit) => rowsOf(id).slice(from, from + limit),
    async at(id, places) {
      const rows = rowsOf(id)
      return new Map(
        places.flatMap(place => {
          const row = rows[place]
          return row ? [[place, row] as const] : []
        }),
      )
    },
    async intend(id, report) {
      const kept = imports.get(id)
      if (kept) kept.intended = report
    },
    async empty(id) {
      const kept = imports.get(id)
      if (kept) kept.rows = []
    },
    async emptyAll() {
      for (const kept of imports.values()) kept.rows = []
    },
    drop: async id => void imports.delete(id),
    async dropBefore(at) {
      for (const [id, kept] of imports) if (kept.at < at) imports.delete(id)
    },
  }
}
