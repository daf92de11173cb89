import { rmSync } from 'node:fs'
import { Patch } from '#shared/protocol/down.ts'
import { openReplica } from './replica/open.ts'
import { applyPatch, piecesOf } from './sync/apply.ts'
import { enqueue } from './sync/rebase.ts'

const path = process.argv[2] ?? '/tmp/core-bench.db'
const N = Number(process.argv[3] ?? 50000)
for (const e of ['', '-wal', '-shm']) rmSync(path + e, { force: true })
const replica = openReplica(path, new Uint8Array(32).fill(7))
let c = 0
const newId = () => `id-${(c++).toString().padStart(33, '0')}`
const ctx = { newId, now: 1764000000000 }
const words =
  '退款 订单 快递 已经 三天 没有 更新 麻烦 您 看 一下 the order refund shipping invoice please help thank you regards account'.split(
    ' ',
  )
let seed = 1
const rnd = () => (seed = (seed * 16807) % 2147483647) / 2147483647
const text = () => Array.from({ length: 40 }, () => words[Math.floor(rnd() * words.length)]).join(' ')
function rows(n: number, t0: number): any[] {
  const out: any[] = []
  while (out.length < n) {
    const cu = newId(),
      id = newId(),
      co = newId()
    out.push({
      type: 'customer',
      id: cu,
      rev: 1,
      doc: {
        id: cu,
        name: 'Ann 王',
        company: '',
        language: 'zh',
        timeZone: '',
        tier: '',
        note: '',
        mergedInto: null,
        createdAt: 1,
      },
    })
    out.push({
      type: 'identity',
      id,
      rev: 1,
      doc: { id, customerId: cu, channel: 'email', address: `a${id}@x.org`, name: 'Ann', createdAt: 1 },
    })
    out.push({
      type: 'conversation',
      id: co,
      rev: 1,
      doc: {
        id: co,
        inboxId: 'i1',
        channel: 'email',
        customerId: cu,
        identityId: id,
        subject: text().slice(0, 40),
        status: 'open',
        snoozedUntil: null,
        assigneeId: null,
        tagIds: [],
        lastSeq: 10,
        createdAt: 1,
        activityAt: t0 + out.length,
        preview: 'x',
        lastInbound: { seq: 9, at: 3 },
        lastReply: null,
        lastStatusChange: null,
        lastAssignment: null,
        waitingSince: 3,
        held: [],
      },
    })
    for (let s = 1; s <= 10 && out.length < n; s++) {
      const it = newId()
      out.push({
        type: 'item',
        id: it,
        rev: 1,
        doc: {
          id: it,
          conversationId: co,
          customerId: cu,
          inboxId: 'i1',
          channel: 'email',
          kind: 'message',
          direction: 'in',
          seq: s,
          at: t0 + out.length * 7,
          writtenAt: 1,
          author: { kind: 'customer', identityId: id },
          subject: '',
          text: text(),
          quoted: '',
          html: null,
          attachments: [],
          mail: null,
          delivery: null,
          basis: null,
          holdReasons: [],
          event: null,
        },
      })
    }
  }
  return out
}
const patchOf = (r: any[]): any => ({
  patch: 1,
  rows: r,
  joins: r.map(x => ({ stream: 'inbox:i1', type: x.type, id: x.id })),
  leaves: [],
  cursors: [{ stream: 'inbox:i1', epoch: 1, version: 5 }],
  pages: [],
  coverage: [],
  acknowledged: [],
  remaining: 0,
})
const agent = { id: 'a1', name: 'A', email: 'a@x', role: 'agent', inboxIds: ['i1'], active: true }
applyPatch(replica, patchOf([{ type: 'agent', id: 'a1', rev: 1, doc: agent }]), ctx)
const all: any[] = []
for (let i = 0; i < N; i += 1000) all.push(patchOf(rows(1000, 1764000000000 + i * 100)))
let t = performance.now()
for (const p of all) Patch.parse(p)
console.log('zod', Math.round(N / ((performance.now() - t) / 1000)), 'rows/s')
t = performance.now()
const pieces: number[] = []
for (const p of all)
  for (const piece of piecesOf(p)) {
    const s = performance.now()
    applyPatch(replica, piece, ctx)
    pieces.push(performance.now() - s)
  }
console.log(
  'apply',
  Math.round(N / ((performance.now() - t) / 1000)),
  'rows/s; piece max',
  Math.max(...pieces).toFixed(1),
)
for (const n of [1, 1000, 10000]) {
  const times: number[] = []
  for (let k = 0; k < (n > 5000 ? 8 : 100); k++) {
    const p = patchOf(rows(n, 1765000000000 + (n + k) * 1000000))
    const s = performance.now()
    for (const piece of piecesOf(p)) applyPatch(replica, piece, ctx)
    times.push(performance.now() - s)
  }
  times.sort((a, b) => a - b)
  console.log(
    'patch',
    n,
    'median',
    times[times.length >> 1]!.toFixed(2),
    'p99',
    times[Math.floor(times.length * 0.99)]!.toFixed(2),
  )
}
const convs = all[0].rows.filter((r: any) => r.type === 'conversation')
const times: number[] = []
for (let k = 0; k < 500; k++) {
  const s = performance.now()
  replica.transaction(() =>
    enqueue(replica, {
      id: newId(),
      agentId: 'a1',
      name: k % 2 ? 'draft.save' : 'conversation.claim',
      args:
        k % 2
          ? {
              conversationId: convs[k % 50].id,
              kind: 'reply',
              text: 'hello',
              cc: [],
              attachments: [],
              heldItemId: null,
              updatedAt: 1,
            }
          : { conversationId: convs[k % convs.length].id, at: 1 },
      at: 1764000000000,
    }),
  )
  times.push(performance.now() - s)
}
times.sort((a, b) => a - b)
console.log(
  'enqueue median',
  times[250]!.toFixed(2),
  'p99',
  times[495]!.toFixed(2),
  'outbox',
  replica.sql.outbox.count.get(),
)
replica.close()
