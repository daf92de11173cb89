// P1, the hub's side: first sync to a desk that only counts and confirms, so that the desk's own work is left out.
import { startHub } from './hub.ts'
import { LightDesk } from './light-desk.ts'
import { measured } from './measured.ts'
import { readOptions, report } from './result.ts'

const { items = 100_000 } = readOptions()
const hub = await startHub({ items: Math.min(items, 100_000), until: Date.now() })
const [ticket] = await hub.tickets(1)
const turns = []
if (process.env.PROFILE) await hub.profile(process.env.PROFILE)
for (let turn = 0; turn < 5; turn++) {
  let first = 0
  const start = performance.now()
  const desk = new LightDesk(hub.url, ticket!, {
    fromNothing: true,
    onPatch(patch) {
      if (first === 0 && patch.rows > 50) first = performance.now() - start
    },
  })
  const { seconds, cost } = await measured(hub, () => desk.live)
  const { rows, bytes } = desk
  desk.cut()
  turns.push({ rate: rows / seconds, first, rows, bytes, cost: cost(rows, 'row') })
}
if (process.env.PROFILE) await hub.profile(null)
turns.sort((one, other) => other.rate - one.rate)
const { rate, rows, bytes, cost, first } = turns[2]!
report({
  id: 'P1',
  name: 'the hub alone: first sync to a desk that only confirms',
  median: rate,
  p99: turns.at(-1)!.rate,
  unit: 'rows/s',
  rows,
  note: `first page ${first.toFixed(0)} ms; ${Math.round(bytes / rows)} bytes a row; ${cost}`,
})
await hub.close()
