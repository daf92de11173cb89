import type { Migration } from '../migrate.ts'
import * as rowsAndFeed from './0001-rows-and-feed.ts'
import * as auth from './0002-auth.ts'
import * as held from './0003-held.ts'
import * as imports from './0004-imports.ts'
import * as connections from './0005-connections.ts'

/** In order, for ever. A new one is a file and a line here. */
export const migrations: readonly Migration[] = [rowsAndFeed, auth, held, imports, connections]
