import type { Database } from 'better-sqlite3'
import { searchSchema } from '../search.ts'
import { first } from './0001-first.ts'
import { unindexed } from './0002-unindexed.ts'
import { alike } from './0003-alike.ts'
import { people } from './0004-people.ts'
import { facets } from './0005-facets.ts'
import { files } from './0006-files.ts'
import { typed } from './0007-typed.ts'
import { erasures } from './0008-erasures.ts'
import { cards } from './0009-cards.ts'
import { attributesFound } from './0010-attributes-found.ts'
import { macros } from './0011-macros.ts'
import { savedViews } from './0012-saved-views.ts'
import { longestFirst } from './0013-longest-first.ts'
import { planned } from './0014-planned.ts'

/** A file per version, in order; a released one never changes. */
const migrations: readonly ((db: Database) => void)[] = [
  db => {
    db.exec(first)
    db.exec(searchSchema)
  },
  db => void db.exec(unindexed),
  db => void db.exec(alike),
  people,
  db => void db.exec(facets),
  db => void db.exec(files),
  db => void db.exec(typed),
  db => void db.exec(erasures),
  db => void db.exec(cards),
  attributesFound,
  db => void db.exec(macros),
  db => void db.exec(savedViews),
  db => void db.exec(longestFirst),
  db => void db.exec(planned),
]

export const replicaVersion = migrations.length

/** Brings a replica to this code's version, each step in a transaction of its own. */
export function migrate(db: Database): void {
  for (let version = versionOf(db); version < replicaVersion; version += 1)
    db.transaction(() => {
      migrations[version]!(db)
      db.pragma(`user_version = ${version + 1}`)
    })()
}

export const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number
