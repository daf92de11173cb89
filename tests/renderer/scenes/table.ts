// A table of customers as a core would understand it, for the scenes of an import: four rows, two of them wrong.
import type { TableLook, WrongRow } from '#shared/ipc/import.ts'
import { ok } from '#shared/protocol/fault.ts'
import type { ScriptedCore } from '../support/scripted-core.ts'

const columns = ['客户姓名', '手机号', '邮箱', '公司', '会员等级', '续约日', '来源']
const targets = ['name', 'phone', 'email', 'company', 'tier', 'renewal', '']
const rows = [
  ['周杰', '13800138000', 'zhou@example.cn', '上海骑行有限公司', 'VIP', '2026-12-01', '展会'],
  ['林美玲', '010-65529988', 'lin@example.cn', '绿道租车', '', '', '展会'],
  ['高远', '12', 'gao@example.cn', '', '', '明天', '网站'],
  ['周先生', '', 'ZHOU@example.cn', '', '', '', '网站'],
  ['Nora Haas', '+49 30 901820', 'nora@haas.example', 'Radhaus Haas', 'Dealer', '2027-03-01', '网站'],
]
const look: TableLook = {
  reading: { encoding: 'gb18030', separator: ',', header: true },
  columns: columns.map((name, index) => ({ name, target: targets[index]! })),
  rows: rows.map((cells, index) => ({ row: index + 2, cells })),
  total: rows.length,
}
const wrong: WrongRow[] = [
  {
    ...{ row: 4, cells: rows[2]! },
    wrong: [
      { column: 1, kind: 'not-a-phone' },
      { column: 5, kind: 'not-a-date' },
    ],
  },
  { row: 5, cells: rows[3]!, wrong: [{ column: null, kind: 'twice', other: 2 }] },
]

export const tableName = '客户.csv'

export function understands(core: ScriptedCore): void {
  core.answer('tableBegin', () => ok({ tableId: 'table-1' }))
  core.answer('tableWrite', () => ok(null))
  core.answer('tableLook', () => ok(look))
  core.answer('tableCheck', () =>
    ok({ report: { added: 3, changed: 0, left: 0, wrong: 2 }, total: rows.length }),
  )
  core.answer('tableWrong', () => ok({ rows: wrong, next: null }))
  core.answer('tablePutIn', () => ok({ done: true, report: { added: 3, changed: 0, left: 0, wrong: 0 } }))
}
