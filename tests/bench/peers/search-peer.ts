/** What every search library is asked, and how its answers are judged. */
import { readFileSync } from 'node:fs'
import { normalise } from '#shared/rules/segment-text.ts'
import { holds } from '../questions.ts'
import { quantiles, type Result } from '../result.ts'

export interface PeerItem {
  n: number
  inboxId: string
  text: string
}

export interface PeerQuestion {
  kind: string
  text: string
  inboxId: string
  /** LIKE's newest 20. */
  expected: number[]
}

/** One library over the items of one inbox. */
export interface SearchPeer {
  add(items: PeerItem[]): void
  /** The best 20, as the library ranks them. */
  best(text: string): Iterable<number>
  /** Everything it finds. */
  all(text: string): Iterable<number>
}

export function judge(make: () => SearchPeer, note: string): void {
  const { items, questions } = JSON.parse(readFileSync(process.argv[3]!, 'utf8')) as {
    items: PeerItem[]
    questions: PeerQuestion[]
  }
  const byInbox = Map.groupBy(items, item => item.inboxId)
  const before = process.memoryUsage().rss
  const start = performance.now()
  const peers = new Map<string, SearchPeer>()
  for (const [inboxId, list] of byInbox) {
    const peer = make()
    peer.add(list)
    peers.set(inboxId, peer)
  }
  const rate = items.length / ((performance.now() - start) / 1000)
  const memory = (process.memoryUsage().rss - before) / 1e6
  const say = (result: Omit<Result, 'id' | 'rows'>) =>
    console.log(JSON.stringify({ id: 'P4', rows: items.length, ...result }))
  say({ name: 'index (in memory, not durable)', median: rate, p99: rate, unit: 'rows/s', note })
  say({ name: 'memory of the index', median: memory, p99: memory, unit: 'MB' })

  const times: number[] = []
  let shown = 0
  let right = 0
  for (const { text, inboxId } of questions) {
    const begin = performance.now()
    const best = peers.get(inboxId)!.best(text)
    times.push(performance.now() - begin)
    const asked = holds(text)
    for (const n of best) {
      shown++
      if (asked(normalise(items[n]!.text))) right++
    }
  }
  say({ name: 'all kinds', ...quantiles(times), unit: 'ms' })
  say({
    name: 'of its best 20, what LIKE finds too',
    median: (100 * right) / shown,
    p99: (100 * right) / shown,
    unit: '%',
  })

  const recalls = new Map<string, { wanted: number; got: number }>()
  for (const { kind, text, inboxId, expected } of questions) {
    const found = new Set(peers.get(inboxId)!.all(text))
    for (const name of [kind, 'all kinds']) {
      const sum = recalls.get(name) ?? { wanted: 0, got: 0 }
      sum.wanted += expected.length
      sum.got += expected.filter(n => found.has(n)).length
      recalls.set(name, sum)
    }
  }
  for (const [kind, { wanted, got }] of recalls) {
    const recall = (100 * got) / wanted
    if (wanted === 0 || (got === wanted && kind !== 'all kinds')) continue
    say({ name: `recall of the newest 20: ${kind}`, median: recall, p99: recall, unit: '%' })
  }
}
