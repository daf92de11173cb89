// An import as the person left it: it waits when they look at something else, and goes on while it works.
import { create } from 'zustand'
import {
  LARGEST_TABLE,
  TABLE_PIECE,
  type TableChecked,
  type TableLook,
  type TablePlan,
  type TableProgress,
  type WrongRow,
} from '#shared/ipc/import.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import type { ImportReport } from '#shared/protocol/import.ts'
import { csvLine } from '#shared/rules/csv.ts'
import type { Target } from '#shared/rules/import-columns.ts'
import { countries } from '#shared/rules/phone.ts'
import { systemLocale } from '../../../bridge.ts'
import { onCore, request } from '../../../store/core.ts'
import { onStates } from '../../../store/states.ts'
import { faultToast } from '../../../store/toasts.ts'
import { saveFile } from '../../../ui/save-file.ts'

export type Step = 'file' | 'columns' | 'check' | 'done'

export interface Import {
  /** Whether it is shown. */
  open: boolean
  step: Step
  name: string
  tableId: string
  look: TableLook | null
  mapping: Target[]
  country: string
  countryChosen: boolean
  existing: TablePlan['existing']
  /** What goes on; null: nothing. */
  going: Pick<TableProgress, 'step' | 'done' | 'total'> | null
  checked: TableChecked | null
  wrong: readonly WrongRow[]
  /** Leave out the wrong rows. */
  part: boolean
  done: ImportReport | null
  fault: Fault | null
}

/** Wrong rows shown; all of them are in the file that can be saved. */
export const MOST_SHOWN = 100
const PAGE = 2000

function homeCountry(): string {
  const region = new Intl.Locale(systemLocale()).maximize().region ?? ''
  return countries.some(({ id }) => id === region) ? region : 'CN'
}

/** Whose numbers stand in a table that says no country: what it is written in says more than where this desk stands. */
const countryOf = (look: TableLook | null): string =>
  ({ gb18030: 'CN', big5: 'TW' })[look?.reading.encoding as 'big5'] ?? homeCountry()

const blank = (): Omit<Import, 'open' | 'country' | 'countryChosen' | 'existing'> => ({
  ...{ step: 'file', name: '', tableId: '', look: null, mapping: [], going: null, checked: null },
  ...{ wrong: [], part: false, done: null, fault: null },
})

export const useImport = create<Import>(() => ({
  ...{ open: false, country: homeCountry(), countryChosen: false, existing: 'update' as const },
  ...blank(),
}))
const now = useImport.getState
const set = (change: Partial<Import>): void => useImport.setState(change)

// Who signs in here next finds nothing of it.
onStates((states, before) => {
  if (before.desk?.agentId && states.desk?.agentId !== before.desk.agentId) {
    set({ ...blank(), open: false })
  }
})

export const showImport = (open: boolean): void => set({ open })

/** The plan as it stands. */
export function planNow(): TablePlan {
  const { look, mapping, country, existing } = now()
  return {
    reading: look?.reading ?? { encoding: null, separator: null, header: null },
    ...{ mapping, country, existing },
  }
}

/** Gives up what is there. */
export function startAnew(): void {
  const { tableId } = now()
  if (tableId !== '') void request('tableDrop', { tableId })
  set(blank())
}

/** While something goes on nothing else is begun. What fails is shown where it was asked for. */
async function goOn<T>(step: TableProgress['step'], work: () => Promise<T>): Promise<T | undefined> {
  if (now().going) return undefined
  const { tableId } = now()
  set({ going: { step, done: 0, total: 0 }, fault: null })
  const stop = onCore('tableProgress', ({ tableId: of, ...going }) => {
    if (of === tableId && now().tableId === tableId) set({ going })
  })
  try {
    return await work()
  } finally {
    stop()
    set({ going: null })
  }
}

/** A workbook of Excel begins as a ZIP archive, or as an old compound file. */
const isWorkbook = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)

export async function chooseFile(file: File): Promise<void> {
  if (now().going) return
  startAnew()
  const { name, size } = file
  const refuse = (params: Record<string, string | number>): void =>
    set({ name, fault: fault('invalid', { params }) })
  if (size === 0) return refuse({ field: 'empty' })
  if (size > LARGEST_TABLE)
    return set({ name, fault: fault('too-large', { params: { size, limit: LARGEST_TABLE } }) })
  await goOn('read', async () => {
    set({ name })
    const begun = await request('tableBegin', { size })
    if (!begun.ok) return set({ fault: begun.fault })
    const { tableId } = begun.value
    for (let offset = 0; offset < size; offset += TABLE_PIECE) {
      const bytes = await file
        .slice(offset, offset + TABLE_PIECE)
        .arrayBuffer()
        .then(buffer => new Uint8Array(buffer))
        .catch(() => null)
      if (bytes === null) return refuse({ field: 'unreadable' })
      if (offset === 0 && isWorkbook(bytes)) return refuse({ field: 'workbook' })
      const written = await request('tableWrite', { tableId, offset, bytes })
      if (!written.ok) return set({ fault: written.fault })
      set({ going: { step: 'read', done: offset + bytes.length, total: size } })
    }
    set({ tableId })
    if (await lookAt({ encoding: null, separator: null, header: null })) {
      set({ step: 'columns', country: now().countryChosen ? now().country : countryOf(now().look) })
    }
  })
}

/** Reads it as given; null: as it seems. @returns whether that could be done */
async function lookAt(reading: TablePlan['reading']): Promise<boolean> {
  const { tableId, country } = now()
  const result = await request('tableLook', { tableId, reading, country })
  if (!result.ok) set({ fault: result.fault })
  else if (result.value.total === 0) set({ fault: fault('invalid', { params: { field: 'empty' } }) })
  else {
    set({ look: result.value, mapping: result.value.columns.map(({ target }) => target), fault: null })
    return true
  }
  return false
}

/** Another way to read it. What was chosen of the columns stays while they are the same. */
export async function readAs(change: Partial<TablePlan['reading']>): Promise<void> {
  const { look, mapping } = now()
  if (!look) return
  const names = (of: TableLook): string => JSON.stringify(of.columns.map(({ name }) => name))
  await goOn('read', async () => {
    await lookAt({ ...look.reading, ...change })
    const next = now().look
    if (next && names(next) === names(look)) set({ mapping })
  })
}

export const choose = (change: Partial<Pick<Import, 'country' | 'existing' | 'part' | 'step'>>): void =>
  set({
    ...change,
    ...(change.step ? { fault: null } : {}),
    ...(change.country ? { countryChosen: true } : {}),
  })

export function chooseTarget(column: number, target: Target): void {
  set({ mapping: now().mapping.map((each, index) => (index === column ? target : each)) })
}

export async function check(): Promise<void> {
  set({ step: 'check', checked: null, wrong: [], part: false })
  await goOn('read', async () => {
    const { tableId } = now()
    const plan = planNow()
    const result = await request('tableCheck', { tableId, plan })
    if (now().tableId !== tableId) return
    if (!result.ok) return set({ fault: result.fault })
    set({ checked: result.value })
    await showWrong()
  })
}

async function showWrong(): Promise<void> {
  const { tableId } = now()
  const result = await request('tableWrong', { tableId, plan: planNow(), after: 0, limit: MOST_SHOWN })
  if (result.ok) set({ wrong: result.value.rows })
}

export async function putIn(): Promise<void> {
  const { tableId, part } = now()
  await goOn('write', async () => {
    const result = await request('tablePutIn', { tableId, part })
    if (!result.ok) return set({ fault: result.fault })
    const { done, report } = result.value
    if (done) return set({ step: 'done', done: report, tableId: '' })
    set({
      checked: { report, total: now().checked?.total ?? 0 },
      fault: fault('invalid', { params: { field: 'wrong-now' } }),
    })
    await showWrong()
  })
}

/** All wrong rows as they stood in the file, with what is wrong in a column before them. */
export async function saveWrong(
  reason: (wrong: WrongRow) => string,
  head: string,
  fileName: string,
): Promise<void> {
  const { tableId, look } = now()
  const columns = look?.reading.header ? look.columns.map(({ name }) => name) : []
  const parts = ['\ufeff', csvLine([head, ...columns])]
  for (let after: number | null = 0; after !== null; ) {
    const result: Awaited<ReturnType<typeof request<'tableWrong'>>> = await request('tableWrong', {
      ...{ tableId, plan: planNow(), after, limit: PAGE },
    })
    if (!result.ok) return void faultToast(result.fault)
    for (const row of result.value.rows) parts.push(csvLine([reason(row), ...row.cells]))
    after = result.value.next
  }
  saveFile(new Blob(parts, { type: 'text/csv;charset=utf-8' }), `${fileName}.csv`)
}
