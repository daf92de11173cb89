import { rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

for (const [cipher, sync, ckpt, piece, page] of [
  ['aegis', 'full', 2000, 300, 4096],
  ['chacha20', 'full', 2000, 300, 4096],
  ['aegis', 'full', 4000, 500, 8192],
  ['chacha20', 'full', 4000, 500, 8192],
  ['aegis', 'normal', 4000, 500, 8192],
] as any) {
  rmSync('/tmp/kk.db', { force: true })
  rmSync('/tmp/kk.db-wal', { force: true })
  const db = new Sqlite('/tmp/kk.db')
  try {
    if (cipher !== 'none') {
      db.pragma(`cipher='${cipher}'`)
      db.pragma(`key='raw:${'ab'.repeat(32)}'`)
    }
    db.pragma(`page_size=${page}`)
    db.pragma('locking_mode=exclusive')
    db.pragma('journal_mode=wal')
    db.pragma('synchronous=' + sync)
    db.pragma('wal_autocheckpoint=' + ckpt)
    db.pragma('cache_size=-32768')
    db.exec(
      'create table item(place integer primary key, id text not null unique, rev integer, a text, b text, seq integer, doc text); create index i1 on item(a,seq); create index i2 on item(b)',
    )
    const ins = db.prepare('insert into item values(?,?,?,?,?,?,?)')
    const doc = 'x'.repeat(800)
    const t = performance.now()
    let commit = 0
    for (let i = 0; i < 60000; i += piece) {
      db.exec('begin')
      for (let j = i; j < i + piece; j++)
        ins.run(
          j * 4096,
          'id-' + String(j).padStart(33, '0'),
          1,
          'conv' + ((j / 10) | 0),
          'cust' + ((j / 10) | 0),
          j % 10,
          doc,
        )
      const c = performance.now()
      db.exec('commit')
      commit += performance.now() - c
    }
    const el = performance.now() - t
    console.log(
      cipher,
      sync,
      ckpt,
      piece,
      page,
      Math.round((60000 / el) * 1000),
      'rows/s; commit',
      Math.round(commit),
      'of',
      Math.round(el),
    )
  } catch (e: any) {
    console.log(cipher, e.message)
  }
  db.close()
}
