import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { startCore } from '../../electron/core/start.ts'

/** Statements of a desk that has been opened, with SQLite's plans for them. */
async function plansOfDesk(): Promise<{ sql: string; steps: string[] }[]> {
  const profileDir = mkdtempSync(join(tmpdir(), 'skein-plans-'))
  const open = () =>
    startCore({ profileDir, key: new Uint8Array(32), device: { name: 'test', platform: 'test' } })
  // What a migration does once is no statement of every day.
  await (await open()).close()
  const prepare = Sqlite.prototype.prepare
  const plans = new Map<string, string[]>()
  Sqlite.prototype.prepare = function (this: Sqlite.Database, sql: string) {
    if (/^\s*(select|update|delete|with)/i.test(sql)) {
      const statement = prepare.call(this, `explain query plan ${sql}`) as Sqlite.Statement
      const names = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, null]))
      const values = Array(sql.match(/\?/g)?.length ?? 0).fill(null)
      const steps = statement.all(...values, ...(Object.keys(names).length > 0 ? [names] : [])) as {
        detail: string
      }[]
      plans.set(
        sql,
        steps.map(({ detail }) => detail),
      )
    }
    return prepare.call(this, sql)
  } as typeof prepare
  onTestFinished(() => {
    Sqlite.prototype.prepare = prepare
    rmSync(profileDir, { recursive: true, force: true })
  })
  const core = await open()
  await core.close()
  return [...plans].map(([sql, steps]) => ({ sql, steps }))
}

test('no statement of the desk reads all items, identities or customers', async () => {
  const plans = await plansOfDesk()
  expect(plans.length).toBeGreaterThan(50)
  const all = /^SCAN (item|i|identity|customer)\b/
  const bounded = /limit|min\(|max\(/i
  expect(plans.filter(({ sql, steps }) => steps.some(step => all.test(step)) && !bounded.test(sql))).toEqual(
    [],
  )
  // A limit is no bound where nothing is found: a million items were looked at for the names in none of them.
  const named = plans.filter(({ sql }) => /\bmentions is not null/.test(sql) && /^\s*select/i.test(sql))
  expect(named.length).toBeGreaterThan(1)
  for (const { sql, steps } of named) expect(steps.join(), sql).toContain('item_mentions')
  const troubled = plans.filter(({ sql }) => /\bstate in \('failed'/.test(sql) && /^select/i.test(sql))
  expect(troubled.length).toBeGreaterThan(1)
  for (const { steps } of troubled) expect(steps.join()).toContain('item_troubled')
})
