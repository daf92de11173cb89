import { readFileSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

for (const f of ['raw:', 'x']) {
  rmSync('/tmp/kk.db', { force: true })
  rmSync('/tmp/kk.db-wal', { force: true })
  const open = (k: string) => {
    const t = performance.now()
    const db = new Sqlite('/tmp/kk.db')
    db.pragma(`cipher='aegis'`)
    db.pragma(f === 'x' ? `key="x'${k}'"` : `key='raw:${k}'`)
    db.pragma('page_size=8192')
    db.pragma('journal_mode=wal')
    db.exec('create table if not exists a(x)')
    console.log(f, 'open', performance.now() - t, db.pragma('page_size'), db.pragma('cipher'))
    return db
  }
  const a = open('ab'.repeat(32))
  a.exec("insert into a values('hello secret words')")
  a.close()
  console.log(readFileSync('/tmp/kk.db').includes('secret'), readFileSync('/tmp/kk.db').subarray(0, 16))
  open('ab'.repeat(32)).close()
  try {
    open('cd'.repeat(32)).close()
  } catch (e: any) {
    console.log(e.code)
  }
}
