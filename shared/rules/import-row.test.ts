import { expect, test } from 'vitest'
import { builtInFields, customerFields } from '../model/customer-field.ts'
import { ImportRow } from '../protocol/import.ts'
import { doubled, guessTargets, hasHeader } from './import-columns.ts'
import { readRow } from './import-row.ts'

const workspace = {
  attributes: [
    { id: 'renewal', kind: 'date' as const, label: { en: 'Renewal', zh: '续约日' } },
    { id: 'frame', kind: 'number' as const, label: { en: 'Frame size', zh: '' }, max: 70 },
  ],
}
const fields = customerFields(workspace)
const byId = new Map(fields.map(field => [field.id, field]))
const read = (mapping: string[], cells: string[], country = 'CN') =>
  readRow(cells, 2, { mapping, fields: byId, country })
const columns = (names: string[], ...rows: string[][]) =>
  names.map((name, index) => ({ name, samples: rows.map(row => row[index] ?? '') }))

test('columns are known by their names in English and Chinese, a workspace’s fields too', () => {
  const names = [
    'First name',
    'Last Name',
    'E-mail',
    'Mobile Phone',
    'Company',
    'Renewal',
    'frame_size',
    'Shoe size',
  ]
  expect(guessTargets(columns(names), fields, 'US')).toEqual([
    ...['given', 'family', 'email', 'phone', 'company', 'renewal', 'frame', ''],
  ])
  const chinese = [
    '客户姓名',
    '手机号码',
    '电子邮箱',
    '公司名称',
    '会员等级',
    '标签',
    '备注',
    '续约日',
    '地址',
  ]
  expect(guessTargets(columns(chinese), fields, 'CN')).toEqual([
    ...['name', 'phone', 'email', 'company', 'tier', 'tagIds', 'note', 'renewal', ''],
  ])
})

test('columns without a name are known by what stands in them; two of one thing are not both taken', () => {
  const rows = [
    ['王芳', 'wang@example.cn', '13800138000', '2026-01-02'],
    ['李娜', 'li@example.cn', '13900139000', '2026-01-03'],
  ]
  expect(guessTargets(columns(['', '', '', ''], ...rows), fields, 'CN')).toEqual(['', 'email', 'phone', ''])
  expect(guessTargets(columns(['Name', 'Customer', 'Email', 'Mail']), fields, 'CN')).toEqual([
    ...['name', '', 'email', 'email'],
  ])
  expect(doubled(['name', 'email', 'email', 'name', ''])).toEqual([3])
})

test('a first record with an address or a number in it is no header', () => {
  expect(hasHeader(['Kunde', 'Ort'], builtInFields)).toBe(true)
  expect(hasHeader(['姓名', '13800138000'], builtInFields)).toBe(true)
  expect(hasHeader(['王芳', 'wang@example.cn'], builtInFields)).toBe(false)
  expect(hasHeader(['王芳', '13800138000'], builtInFields)).toBe(false)
})

test('a row is read as if it were typed, and passes the hub’s own schema', () => {
  const mapping = ['family', 'given', 'email', 'phone', 'language', 'tagIds', 'renewal', 'note', 'note', '']
  const cells = [
    '赵',
    '明轩',
    'Zhao <ZHAO@Example.cn>',
    '138 0013 8000；010-65529988',
    '英语',
    'VIP，老客户',
    '2026年11月22日',
  ]
  const row = read(mapping, [...cells, 'one', 'two', 'nothing'])
  expect(row).toEqual({
    ok: true,
    row: {
      row: 2,
      set: { name: '赵明轩', language: 'en', renewal: '2026-11-22' },
      addresses: [
        { channel: 'email', address: 'zhao@example.cn' },
        { channel: 'phone', address: '+8613800138000' },
        { channel: 'phone', address: '+861065529988' },
      ],
      note: 'one\ntwo',
      tags: ['VIP', '老客户'],
    },
  })
  expect(row.ok && ImportRow.safeParse(row.row).success).toBe(true)
})

test('every cell that does not fit is said, with its column; a row about nobody is wrong', () => {
  const wrong = read(['email', 'phone', 'renewal', 'frame'], ['no', '12', '11/12/2026', '71'])
  expect(wrong).toEqual({
    ok: false,
    wrong: [
      { column: 0, problem: { kind: 'not-an-email' } },
      { column: 1, problem: { kind: 'not-a-phone' } },
      { column: 2, problem: { kind: 'not-a-date' } },
      { column: 3, problem: { kind: 'too-large', limit: 70 } },
    ],
  })
  expect(
    read(['email', 'note', 'note'], ['a@b.example; no; neither', 'x'.repeat(15_000), 'x'.repeat(15_000)]),
  ).toEqual({
    ok: false,
    wrong: [
      { column: 0, problem: { kind: 'not-an-email' } },
      { column: 1, problem: { kind: 'too-long', limit: 20_000 } },
    ],
  })
  expect(read(['company', 'email'], ['Acme', ''])).toMatchObject({
    wrong: [{ column: null, problem: { kind: 'nobody' } }],
  })
})
