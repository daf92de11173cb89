/**
 * A table of customers on its way to the hub. Its bytes stay in the core's memory, bounded, and leave it when it is done or given up; the
 * page sees the first rows and those that are wrong. Read as often as needed, record by record, with turns for others in between (S8).
 */
import type { EventOf, RequestArgs, RequestResult } from '#shared/ipc/contract.ts'
import { LARGEST_TABLE, type TablePlan, type TableProgress, type WrongRow } from '#shared/ipc/import.ts'
import type { Id } from '#shared/model/base.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import {
  type ImportLine,
  type ImportReport,
  type ImportRow,
  MOST_ROWS,
  ROW_CHARACTERS,
  ROWS_AT_ONCE,
} from '#shared/protocol/import.ts'
import { separatorOf } from '#shared/rules/csv-reader.ts'
import { guessTargets, hasHeader, importFields } from '#shared/rules/import-columns.ts'
import { type RowRules, readRow } from '#shared/rules/import-row.ts'
import type { Desk } from '../desk.ts'
import { FaultError, fail } from '../fault-error.ts'
import type { Ground } from '../ground.ts'
import type { Fetch } from '../sync/hub-http.ts'
import { encodingOf, textOf } from './encoding.ts'
import { createImportHub } from './hub.ts'
import { eachRecord, MOST_COLUMNS, type TableRecord } from './table.ts'

export interface TableDeps {
  ground: Ground
  desk(): Desk
  fetch: Fetch
  tell(progress: EventOf<'tableProgress'>): void
}

type Wrong = WrongRow['wrong']

interface Table {
  id: Id
  /** Who chose it: nobody else who signs in here finds it. */
  agentId: Id | undefined
  size: number
  bytes: Uint8Array
  written: number
  /** The import at the hub, and what it is of: another plan is another import. */
  sent: { plan: string; id: Id } | null
  /** What is wrong, by the row; and how many of those rows the hub never saw. */
  wrong: Map<number, Wrong>
  unsent: number
}

/** Tables at a time; of more the oldest is forgotten. */
const MOST_TABLES = 2
const SHOWN = 8
const SAMPLES = 50
/** Characters from which the separator is seen. */
const BEGINNING = 64 * 1024
/** A cut while the hub writes: so many looks at what became of it, a second apart. */
const LOOKS = 60
const SECOND = 1000
/** The hub that had begun goes on without us; it is asked until it has ended. */
const MOST_BUSY = 1800

/** Every failure is thrown as a FaultError. */
export function createTables(deps: TableDeps) {
  const { ground } = deps
  const hub = createImportHub({ tokens: () => deps.desk().tokens, fetch: deps.fetch })
  const tables = new Map<Id, Table>()

  const agentNow = (): Id | undefined => deps.desk().replica.settings.get('owner')?.agentId
  const tableOf = (id: Id): Table => {
    const table = tables.get(id)
    if (!table || table.agentId !== agentNow()) throw fail('not-found')
    return table
  }
  const fieldsNow = () => {
    const { db } = deps.desk().replica
    const doc = db.prepare<[], string>('select doc from workspace limit 1').pluck().get()
    return importFields(doc === undefined ? undefined : (JSON.parse(doc) as Workspace))
  }
  const teller =
    (tableId: Id, step: TableProgress['step'], total: number) =>
    (done: number): void =>
      deps.tell({ tableId, step, done, total })

  /** Goes through the rows below the header as the plan understands them. */
  async function eachRow(
    { id, bytes }: Table,
    { reading, mapping, country }: TablePlan,
    take: (record: TableRecord, read: ReturnType<typeof readRow>) => void,
    after: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    const { encoding, separator, header } = reading
    if (!encoding || !separator || header === null) throw fail('invalid', { params: { field: 'reading' } })
    const rules: RowRules = { mapping, country, fields: new Map(fieldsNow().map(field => [field.id, field])) }
    let first = header
    await eachRecord(bytes, { encoding, separator }, ground, async records => {
      if (!tables.has(id)) throw fail('not-found')
      for (const record of records) {
        if (!first) take(record, readRow(record.cells, record.row, rules))
        first = false
      }
      await after()
      return true
    })
  }

  /** Sends the right rows that the hub does not have yet. */
  async function send(
    table: Table,
    plan: TablePlan,
    importId: Id,
    total: number,
    there: number,
  ): Promise<void> {
    const tell = teller(table.id, 'send', total)
    const waiting: ImportRow[] = []
    let place = 0
    let from = there
    const flush = async (least: number): Promise<void> => {
      while (waiting.length >= least) {
        const rows = waiting.splice(0, fitting(waiting))
        await hub.add(importId, from, rows)
        from += rows.length
        tell(from)
      }
    }
    await eachRow(
      table,
      plan,
      (_, read) => {
        if (read.ok && place++ >= there) waiting.push(read.row)
      },
      () => flush(ROWS_AT_ONCE),
    )
    await flush(1)
  }

  const note = (table: Table, line: ImportLine): void => {
    if (line.t !== 'problems') return
    for (const { row, kind, other } of line.problems)
      table.wrong.set(row, [{ column: null, kind, ...(other === undefined ? {} : { other }) }])
  }

  return {
    begin({ size }: RequestArgs<'tableBegin'>): RequestResult<'tableBegin'> {
      if (size > LARGEST_TABLE) throw fail('too-large', { params: { size, limit: LARGEST_TABLE } })
      for (const id of [...tables.keys()].slice(0, Math.max(0, tables.size - MOST_TABLES + 1)))
        tables.delete(id)
      const id = ground.newId()
      tables.set(id, {
        agentId: agentNow(),
        id,
        size,
        bytes: new Uint8Array(size),
        written: 0,
        sent: null,
        wrong: new Map(),
        unsent: 0,
      })
      return { tableId: id }
    },

    write({ tableId, offset, bytes }: RequestArgs<'tableWrite'>): null {
      const table = tableOf(tableId)
      if (offset !== table.written || offset + bytes.length > table.size)
        throw fail('invalid', { params: { field: 'offset' } })
      table.bytes.set(bytes, offset)
      table.written += bytes.length
      return null
    },

    async look({ tableId, reading, country }: RequestArgs<'tableLook'>): Promise<RequestResult<'tableLook'>> {
      const { bytes } = tableOf(tableId)
      const encoding = reading.encoding ?? encodingOf(bytes)
      const separator = reading.separator ?? separatorOf(beginning(bytes, encoding))
      const records: TableRecord[] = []
      let total = 0
      await eachRecord(bytes, { encoding, separator }, ground, async some => {
        total += some.length
        records.push(...some.slice(0, Math.max(0, SAMPLES + 1 - records.length)))
        return total <= MOST_ROWS + 1
      })
      const fields = fieldsNow()
      const first = records[0]?.cells ?? []
      const header = reading.header ?? hasHeader(first, fields)
      const below = header ? records.slice(1) : records
      const width = Math.min(MOST_COLUMNS, Math.max(0, ...records.map(({ cells }) => cells.length)))
      const columns = Array.from({ length: width }, (_, index) => ({
        name: header ? (first[index] ?? '').trim().slice(0, 200) : '',
        samples: below.map(({ cells }) => cells[index] ?? ''),
      }))
      const targets = guessTargets(columns, fields, country)
      return {
        reading: { encoding, separator, header },
        columns: columns.map(({ name }, index) => ({ name, target: targets[index] ?? '' })),
        rows: below.slice(0, SHOWN),
        total: Math.max(0, total - (header ? 1 : 0)),
      }
    },

    /** Reads every row, sends those that are right, and lets the hub look at them. Asked again after a cut it goes on where it was. */
    async check({ tableId, plan }: RequestArgs<'tableCheck'>): Promise<RequestResult<'tableCheck'>> {
      const table = tableOf(tableId)
      table.wrong.clear()
      let total = 0
      let right = 0
      await eachRow(table, plan, (record, read) => {
        total++
        if (read.ok) right++
        else
          table.wrong.set(
            record.row,
            read.wrong.map(({ column, problem }) => ({ column, ...problem })),
          )
      })
      if (total > MOST_ROWS) throw fail('too-large', { params: { size: total, limit: MOST_ROWS } })
      const none: ImportReport = { added: 0, changed: 0, left: 0, wrong: total }
      if (right === 0) return { report: none, total }

      const word = JSON.stringify(plan)
      if (table.sent && table.sent.plan !== word) void hub.drop(table.sent.id).catch(() => undefined)
      if (table.sent?.plan !== word) table.sent = { plan: word, id: ground.newId() }
      const { id } = table.sent
      const state = await hub.begin({ id, rows: right, existing: plan.existing })
      await send(table, plan, id, right, state.rows)
      table.unsent = table.wrong.size
      const { report } = await hub.check(id, line => {
        if (line.t === 'progress') teller(tableId, 'check', line.total)(line.done)
        note(table, line)
      })
      return { report: { ...report, wrong: report.wrong + table.unsent }, total }
    },

    /** The rows that are wrong, with what is wrong, behind a row; asked again with `next` until that is null. */
    async wrong({
      tableId,
      plan,
      after,
      limit,
    }: RequestArgs<'tableWrong'>): Promise<RequestResult<'tableWrong'>> {
      const table = tableOf(tableId)
      const { encoding, separator } = plan.reading
      if (!encoding || !separator) throw fail('invalid', { params: { field: 'reading' } })
      const rows: WrongRow[] = []
      await eachRecord(table.bytes, { encoding, separator }, ground, async records => {
        for (const { row, cells } of records) {
          const wrong = row > after && table.wrong.get(row)
          if (wrong && rows.length <= limit) rows.push({ row, cells, wrong })
        }
        return rows.length <= limit
      })
      const more = rows.length > limit
      const shown = rows.slice(0, limit)
      return { rows: shown, next: more ? (shown.at(-1)?.row ?? null) : null }
    },

    /** Puts it in. A cut in between is made good: the hub knows what became of it. */
    async putIn({ tableId, part }: RequestArgs<'tablePutIn'>): Promise<RequestResult<'tablePutIn'>> {
      const table = tableOf(tableId)
      const id = table.sent?.id
      if (!id) throw fail('not-found')
      const whole = (report: ImportReport): ImportReport => ({
        ...report,
        wrong: report.wrong + table.unsent,
      })
      if (table.unsent > 0 && !part) throw fail('invalid', { params: { field: 'part' } })
      for (let look = 1, busy = 1; ; ) {
        try {
          const end = await hub.commit(id, { part }, line => {
            if (line.t === 'progress') teller(tableId, 'write', line.total)(line.done)
            note(table, line)
          })
          if (end.t === 'done') tables.delete(tableId)
          return { done: end.t === 'done', report: whole(end.report) }
        } catch (error) {
          if (!(error instanceof FaultError) || !error.fault.retryable) throw error
          if (error.fault.kind === 'hub-busy' ? busy++ === MOST_BUSY : look++ === LOOKS) throw error
          await new Promise<void>(resolve => void ground.after(SECOND, resolve))
        }
      }
    },

    drop({ tableId }: RequestArgs<'tableDrop'>): null {
      const sent = tables.get(tableId)?.sent
      tables.delete(tableId)
      if (sent) void hub.drop(sent.id).catch(() => undefined)
      return null
    },
  }
}

/** How many of these rows one request takes. */
function fitting(rows: readonly ImportRow[]): number {
  let characters = 0
  for (const [index, row] of rows.slice(0, ROWS_AT_ONCE).entries()) {
    characters += JSON.stringify(row).length
    if (characters > ROW_CHARACTERS) return Math.max(1, index)
  }
  return Math.min(rows.length, ROWS_AT_ONCE)
}

function beginning(bytes: Uint8Array, encoding: Parameters<typeof textOf>[1]): string {
  let text = ''
  for (const piece of textOf(bytes, encoding)) {
    text += piece
    if (text.length >= BEGINNING) break
  }
  return text.slice(0, BEGINNING)
}
