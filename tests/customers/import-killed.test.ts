/** The hub is killed while rows of an import come and while they are put in: there are none or all, and the repeat ends in all. */
import { expect, onTestFinished, test } from 'vitest'
import type { ImportLine } from '#shared/protocol/import.ts'
import { password } from '../faults/support/desk.ts'
import { makeSite } from '../faults/support/hub.ts'
import { personAt, row } from './importer.ts'

const COUNT = 3000
const rows = Array.from({ length: COUNT }, (_, index) => row(index + 2, { tags: ['Fair'] }))
const all = { added: COUNT, changed: 0, left: 0, wrong: 0 }

test('I1: killed while staging and at several moments of the commit, an import is none or all', async () => {
  const site = await makeSite({ smtp: 'smtp://127.0.0.1:1', agents: { sue: 'supervisor' } })
  onTestFinished(() => site.remove())
  const hub = await site.hub()
  await hub.start()
  const sue = () => personAt(hub.url, 'sue', password)
  const again = async () => {
    await hub.stop('SIGKILL')
    await hub.start()
  }
  const there = async () => (await site.all('customer')).length
  const version = async () => (await site.ground.store.heads(['customers']))[0]?.version

  let person = await sue()
  const id = await person.begin(rows.slice(0, 1000), 'update', COUNT)
  const cut = person.ask(`/${id}/rows`, { from: 1000, rows: rows.slice(1000, 1500) }).catch(() => undefined)
  await again()
  await cut
  person = await sue()
  const { rows: staged = 0 } = (await person.ask(`/${id}`)).state ?? {}
  expect([1000, 1500]).toContain(staged)
  for (let from = staged; from < COUNT; from += 500)
    await person.ask(`/${id}/rows`, { from, rows: rows.slice(from, from + 500) })
  expect((await person.ask(`/${id}`)).state).toEqual({ rows: COUNT, done: null })

  const killAt = (when: (line: ImportLine) => boolean) =>
    person.commit(id, async line => {
      if (when(line)) await hub.stop('SIGKILL')
    })
  for (const part of [1, COUNT]) {
    await killAt(line => line.t !== 'progress' || line.done >= part)
    // The database may be ending the transaction still, one way or the other; the next hub waits for it.
    await hub.start()
    person = await sue()
    const { done } = (await person.ask(`/${id}`)).state!
    const count = await there()
    expect([0, COUNT]).toContain(count)
    expect(done).toEqual(count === 0 ? null : all)
    if (count === 0) expect(await version()).toBe(0)
  }

  expect(person.end(await person.ask(`/${id}/commit`, { part: false }))).toEqual({ t: 'done', report: all })
  await again()
  person = await sue()
  expect(person.end(await person.ask(`/${id}/commit`, { part: false }))).toEqual({ t: 'done', report: all })
  expect(await there()).toBe(COUNT)
  expect(await site.all('identity')).toHaveLength(COUNT)
  expect((await site.all('tag')).map(({ name }) => name)).toEqual(['Fair'])
  expect(await version()).toBe(2 * COUNT)
  const events = await site.ground.store.events(0, 1000)
  expect(events.filter(({ name }) => name === 'customers.imported')).toHaveLength(1)
})
