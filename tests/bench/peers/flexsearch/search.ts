// FlexSearch with its own advice for Chinese (Charset.CJK) and words matched as typed (tokenize: forward).
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { judge } from '../search-peer.ts'

const require = createRequire(join(process.argv[2]!, 'package.json'))
const { Index, Charset } = require('flexsearch')

judge(() => {
  const index = new Index({ tokenize: 'forward', encoder: Charset.CJK })
  return {
    add: items => {
      for (const { n, text } of items) index.add(n, text)
    },
    best: text => index.search(text, { limit: 20 }),
    all: text => index.search(text, { limit: 10_000_000 }),
  }
}, 'Charset.CJK, tokenize forward')
