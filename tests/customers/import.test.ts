/** A table from the desk to everybody: a real core and hub (store in memory). */
import { expect, test } from 'vitest'
import { LARGEST_TABLE, type TableLook, type TablePlan } from '#shared/ipc/import.ts'
import { key } from '#shared/model/row.ts'
import { everybody } from '#shared/model/segment.ts'
import { addressName } from '../../server/inbound/names.ts'
import { signedIn, startHub } from '../core/ground.ts'
import type { Page } from '../core/page.ts'
import { encoded } from '../support/encoded.ts'
import { people, seedPeople } from './team.ts'

const asItSeems = { encoding: null, separator: null, header: null }

async function open(count = 0) {
  const hub = await startHub({ seed: seedPeople(count), people })
  // As if each had written once.
  const identities = await hub.store.all('identity')
  await hub.store.write(async tx => {
    for (const { id, channel, address } of identities)
      tx.name(addressName(channel, address), key('identity', id))
  })
  const { page } = await signedIn(hub.url, 'sue')
  return { hub, page }
}

async function given(page: Page, bytes: Uint8Array): Promise<{ tableId: string; look: TableLook }> {
  const { tableId } = await page.ask('tableBegin', { size: bytes.length })
  const piece = 1000
  for (let offset = 0; offset < bytes.length; offset += piece)
    await page.ask('tableWrite', { tableId, offset, bytes: bytes.slice(offset, offset + piece) })
  return { tableId, look: await page.ask('tableLook', { tableId, reading: asItSeems, country: 'CN' }) }
}
const planOf = ({ reading, columns }: TableLook, more: Partial<TablePlan> = {}): TablePlan => ({
  ...{ reading, mapping: columns.map(({ target }) => target), country: 'CN', existing: 'update', ...more },
})
const text = (table: string) => new TextEncoder().encode(table)

test('a table of Excel in China is understood, put in whole, and comes to a colleague’s desk', async () => {
  const { hub, page } = await open()
  const ann = (await signedIn(hub.url, 'ann')).page
  const table =
    '客户姓名,手机,邮箱,会员等级,续约日,标签\r\n周杰,13800138000,zhou@example.cn,VIP,2026/12/1,展会\r\n林美玲,"010-6552 9988",,,,\r\n'
  const { tableId, look } = await given(page, encoded(table, 'gb18030'))
  expect(look.reading).toEqual({ encoding: 'gb18030', separator: ',', header: true })
  expect(look.columns.map(({ target }) => target)).toEqual([
    'name',
    'phone',
    'email',
    'tier',
    'renewal',
    'tagIds',
  ])
  expect(look.total).toBe(2)
  const plan = planOf(look)
  expect((await page.ask('tableCheck', { tableId, plan })).report).toEqual({
    added: 2,
    changed: 0,
    left: 0,
    wrong: 0,
  })
  expect(await page.ask('tablePutIn', { tableId, part: false })).toMatchObject({
    done: true,
    report: { added: 2 },
  })

  const list = ann.watch('customers', {
    ...{ filter: { where: everybody, text: '周杰' }, order: 'name', reversed: false, offset: 0, limit: 10 },
  })
  await ann.until(() => list.rows.length === 1)
  expect(list.rows[0]?.customer).toMatchObject({
    name: '周杰',
    tier: 'VIP',
    attributes: { renewal: '2026-12-01' },
  })
  expect(await page.faultOf('tablePutIn', { tableId, part: false })).toMatchObject({ kind: 'not-found' })
})

test('wrong rows are told with their cells; nothing goes without them unless that was chosen', async () => {
  const { hub, page } = await open()
  const table = [
    'Name,Email,Renewal',
    'Good,good@import.example,2026-12-01',
    'No date,two@import.example,soon',
    'No address,nobody,',
    'Twice,GOOD@import.example,',
  ].join('\n')
  const { tableId, look } = await given(page, text(table))
  const plan = planOf(look)
  const { report, total } = await page.ask('tableCheck', { tableId, plan })
  expect({ report, total }).toEqual({ report: { added: 1, changed: 0, left: 0, wrong: 3 }, total: 4 })
  const first = await page.ask('tableWrong', { tableId, plan, after: 0, limit: 2 })
  expect(first).toEqual({
    rows: [
      {
        row: 3,
        cells: ['No date', 'two@import.example', 'soon'],
        wrong: [{ column: 2, kind: 'not-a-date' }],
      },
      { row: 4, cells: ['No address', 'nobody', ''], wrong: [{ column: 1, kind: 'not-an-email' }] },
    ],
    next: 4,
  })
  const rest = await page.ask('tableWrong', { tableId, plan, after: 4, limit: 2 })
  expect(rest).toMatchObject({
    rows: [{ row: 5, wrong: [{ column: null, kind: 'twice', other: 2 }] }],
    next: null,
  })
  const before = (await hub.store.all('customer')).length
  expect(await page.faultOf('tablePutIn', { tableId, part: false })).toMatchObject({ kind: 'invalid' })
  expect(await hub.store.all('customer')).toHaveLength(before)
  expect(await page.ask('tablePutIn', { tableId, part: true })).toMatchObject({
    done: true,
    report: { added: 1, wrong: 3 },
  })
  expect(await hub.store.all('customer')).toHaveLength(before + 1)
})

test('our own table comes back with nothing to choose, and changes what was changed in it', async () => {
  const { hub, page } = await open(40)
  const columns = ['id', 'name', 'company', 'tier', 'language', 'channel', 'address', 'open', 'renewal'].map(
    id => ({
      id,
      label: { id: 'Skein ID', address: 'Address or number', open: 'Open conversations' }[id] ?? id,
    }),
  )
  const who = {
    of: { filter: { where: everybody, text: '' }, order: 'name' as const, reversed: false },
    ...{ all: true, ids: [] },
  }
  const { text: table } = await page.ask('customersCsv', {
    attempt: 'a',
    who,
    columns,
    language: 'en',
    from: 0,
  })
  const { tableId, look } = await given(
    page,
    text(`\ufeff${table.replace('Hollandse Fietsen BV', 'Nieuwe Fietsen BV')}`),
  )
  expect(look.columns.map(({ target }) => target)).toEqual([
    ...['id', 'name', 'company', 'tier', 'language', '', 'addresses', '', 'renewal'],
  ])
  const { report } = await page.ask('tableCheck', { tableId, plan: planOf(look) })
  expect(report).toEqual({ added: 0, changed: 1, left: 47, wrong: 0 })
  await page.ask('tablePutIn', { tableId, part: false })
  expect(
    (await hub.store.all('customer')).filter(({ company }) => company === 'Nieuwe Fietsen BV'),
  ).toHaveLength(1)
})

test('what cannot be read is said: too large, a quote that nobody closes, no hub, nobody who leads', async () => {
  const { hub, page } = await open()
  expect(await page.faultOf('tableBegin', { size: LARGEST_TABLE + 1 })).toMatchObject({ kind: 'too-large' })
  const bytes = text('Name,Note\nAnn,"never closed\nBo,x\n')
  const { tableId } = await page.ask('tableBegin', { size: bytes.length })
  await page.ask('tableWrite', { tableId, offset: 0, bytes })
  expect(await page.faultOf('tableLook', { tableId, reading: asItSeems, country: 'CN' })).toMatchObject({
    ...{ kind: 'invalid', params: { field: 'quote', row: 2 } },
  })
  const good = text('Name,Email\nAnn,ann@import.example\n')
  const ann = (await signedIn(hub.url, 'ann')).page
  const hers = await given(ann, good)
  expect(await ann.faultOf('tableCheck', { tableId: hers.tableId, plan: planOf(hers.look) })).toMatchObject({
    kind: 'forbidden',
  })
  const mine = await given(page, good)
  await hub.close()
  expect(await page.faultOf('tableCheck', { tableId: mine.tableId, plan: planOf(mine.look) })).toMatchObject({
    kind: 'hub-unreachable',
  })
})
