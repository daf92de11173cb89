// P2: apply a patch of 1, 1,000 and 10,000 rows to the filled replica.
import type { Item } from '#shared/model/item.ts'
import type { Row } from '#shared/model/row.ts'
import type { Replica } from '../../electron/core/replica/replica.ts'
import { applyPiece } from '../../electron/core/sync/apply.ts'
import { nextSize, nothingPending, PIECE, type Piece, piecesOf } from '../../electron/core/sync/pieces.ts'
import { loadCorpus } from './corpus.ts'
import { rows } from './data.ts'
import { openFilled, patchOf } from './fill.ts'
import { seeded } from './random.ts'
import { quantiles, readOptions, report } from './result.ts'

const { replica: path } = readOptions()
const replica = openFilled(path!)
const total = replica.total('item')
const corpus = loadCorpus()
// So that a replica that was measured before gets new rows again.
const started = Date.now()
const random = seeded(2)

/** New items in conversations that are there, and the conversations with them: what a busy hour brings. */
function* news(): Generator<Row> {
  const conversations = replica.db
    .prepare<[], string>('select doc from conversation order by activity_at desc limit 5000')
    .pluck()
    .all()
  for (let n = 0; ; n++) {
    const conversation = JSON.parse(random.pick(conversations))
    const at = Date.now() + n
    const seq = conversation.lastSeq + 1 + n
    const item: Item = {
      ...sample(),
      id: `p2-${started}-${n}`,
      conversationId: conversation.id,
      customerId: conversation.customerId,
      inboxId: conversation.inboxId,
      seq,
      at,
      writtenAt: at,
    }
    yield { type: 'item', id: item.id, rev: 1, doc: item }
    yield {
      type: 'conversation',
      id: conversation.id,
      rev: 2 + Math.floor(started / 1000) + n,
      doc: { ...conversation, lastSeq: seq, activityAt: at },
    }
  }
}

const samples = [...rows({ items: 2000, until: 1, corpus, seed: 3 })].flatMap(row =>
  row.type === 'item' ? [row.doc] : [],
)
const sample = (): Item => random.pick(samples)

const source = news()
let pieceSize = PIECE
for (const [size, times] of [
  [1, 200],
  [1000, 40],
  [10_000, 6],
] as const) {
  const wholes: number[] = []
  const steps: number[] = []
  for (let time = 0; time < times; time++) {
    const batch = Array.from({ length: size }, () => source.next().value as Row)
    const patch = { ...patchOf(batch), pages: [], coverage: [], remaining: 0 }
    let whole = 0
    for (const piece of piecesOf([patch], pieceSize, nothingPending)) {
      steps.push(apply(replica, piece))
      pieceSize = nextSize(pieceSize, piece, steps.at(-1)!)
      whole += steps.at(-1)!
    }
    wholes.push(whole)
  }
  report({
    id: 'P2',
    name: `apply a patch of ${size.toLocaleString('en')}`,
    ...quantiles(wholes),
    unit: 'ms',
    rows: total,
  })
  if (size > 1) {
    const { median, p99 } = quantiles(steps)
    report({
      id: 'P2',
      name: `a query's longest wait meanwhile (${size.toLocaleString('en')})`,
      median,
      p99,
      unit: 'ms',
      rows: total,
    })
  }
}
replica.close()

function apply(to: Replica, piece: Piece): number {
  const start = performance.now()
  applyPiece(to, piece, { newId: () => 'unused', now: Date.now() })
  return performance.now() - start
}
