import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './bundles.ts'
import { first, last } from './test-order.ts'

test('every file of tests that has a place of its own in their order is there', () => {
  expect([...first, ...last].filter(path => !existsSync(join(root, path)))).toEqual([])
})
