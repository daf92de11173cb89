import { expect, test } from 'vitest'
import { rowTypes } from '#shared/model/row.ts'
import { nouns } from './nouns.ts'
import { openReplica } from './open.ts'

test.each(rowTypes)('the table of %s has the columns that its noun describes', type => {
  const replica = openReplica(':memory:', new Uint8Array(32))
  const columns = (replica.db.pragma(`table_info(${type})`) as { name: string }[]).map(({ name }) => name)
  expect(columns.filter(name => !['nr', 'place'].includes(name)).toSorted()).toEqual(
    ['id', 'rev', ...nouns[type].columns, 'doc'].toSorted(),
  )
  replica.close()
})
