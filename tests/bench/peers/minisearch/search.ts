// MiniSearch with what its issue 201 advises for Chinese: pairs of characters; other words by prefix, all must match.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { judge } from '../search-peer.ts'

const require = createRequire(join(process.argv[2]!, 'package.json'))
const MiniSearch = require('minisearch')

const han = /^\p{Script=Han}+$/u
const tokenize = (text: string): string[] =>
  (text.match(/\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu) ?? []).flatMap(run =>
    han.test(run) ? pairs(run) : [run],
  )
function pairs(run: string): string[] {
  const chars = [...run]
  return chars.length < 2 ? chars : chars.slice(1).map((char, index) => chars[index] + char)
}

judge(() => {
  const index = new MiniSearch({ fields: ['text'], idField: 'n', tokenize })
  const search = (text: string): number[] =>
    index.search(text, { combineWith: 'AND', prefix: true }).map(({ id }: { id: number }) => id)
  return {
    add: items => index.addAll(items),
    best: text => search(text).slice(0, 20),
    all: search,
  }
}, 'pairs of characters, prefix, AND')
