import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { putInPlace } from './put-in-place.ts'

let home: string
let folder: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'skein-place-'))
  folder = join(home, 'page')
})
afterEach(() => rmSync(home, { recursive: true }))

const build = (files: Record<string, string>): string => {
  const next = join(home, 'next')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(next, name)), { recursive: true })
    writeFileSync(join(next, name), text)
  }
  return next
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

test('a new build is served, and a page of the one before still finds its parts', () => {
  putInPlace(build({ 'index.html': 'one', 'assets/desk-1.js': '1', 'assets/same.css': 's' }), folder)
  const next = build({ 'index.html': 'two', 'assets/desk-2.js': '2', 'assets/same.css': 's' })
  putInPlace(next, folder)
  expect(read('index.html')).toBe('two')
  expect(['assets/desk-1.js', 'assets/desk-2.js', 'assets/same.css'].map(read)).toEqual(['1', '2', 's'])
  expect(existsSync(next)).toBe(false)
})

test('what an older build left goes after an hour', () => {
  putInPlace(build({ 'index.html': 'one', 'assets/desk-1.js': '1', 'assets/same.css': 's' }), folder)
  for (const name of ['assets/desk-1.js', 'assets/same.css']) utimesSync(join(folder, name), 1, 1)
  putInPlace(build({ 'index.html': 'two', 'assets/same.css': 's' }), folder)
  expect(existsSync(join(folder, 'assets/desk-1.js'))).toBe(false)
  expect(read('assets/same.css')).toBe('s')
})
