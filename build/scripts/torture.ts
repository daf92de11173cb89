// npm run torture -- crash|disk|corruption|cluster|mail|html|corpus|desk [--runs N] [--seed S] [--json FILE]: the faults of tests/faults and hostile mail and HTML, for as long as one likes.
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'

interface Options {
  runs: number
  seed: number
  say(line: string): void
}
/** What a kind of torture came to: figures, and what must not be. */
type Report = { wrong: string[] } & Record<string, unknown>
type Torture = (options: Options) => Promise<Record<string, Report>>

const kinds: Record<string, { runs: number; torture: Torture }> = {
  crash: {
    runs: 1000,
    async torture({ runs, ...options }) {
      const { crashDesks, crashHub } = await import('../../tests/faults/crash.ts')
      // A hub's start costs several times a desk's.
      const hubs = Math.max(1, Math.round(runs / 6))
      return {
        desk: { ...(await crashDesks({ runs: Math.max(1, runs - hubs), ...options })) },
        hub: { ...(await crashHub({ runs: hubs, ...options })) },
      }
    },
  },
  disk: {
    runs: 2000,
    async torture({ runs, ...options }) {
      const { copies, failing, whyNoFaults } = await import('../../tests/faults/disk.ts')
      const obstacle = whyNoFaults()
      if (obstacle) options.say(`EIO is not shown: ${obstacle}`)
      return {
        copies: { ...(await copies({ runs, ...options })) },
        ...(obstacle ? {} : { failing: { ...(await failing({ runs: Math.ceil(runs / 20), ...options })) } }),
      }
    },
  },
  corruption: {
    runs: 5000,
    async torture(options) {
      const { corruption } = await import('../../tests/faults/corruption.ts')
      return { corruption: { ...(await corruption(options)) } }
    },
  },
  cluster: {
    runs: 200,
    async torture(options) {
      const { cluster } = await import('../../tests/faults/cluster.ts')
      return { cluster: { ...(await cluster(options)) } }
    },
  },
  mail: {
    runs: 10_000,
    async torture(options) {
      const { hostileMail } = await import('../../tests/mail/hostile.ts')
      return { mail: { ...(await hostileMail(options)) } }
    },
  },
  html: {
    runs: 100_000,
    async torture(options) {
      const { hostileHtmlRuns } = await import('../../tests/security/hostile-html.ts')
      return { html: { ...(await hostileHtmlRuns(options)) } }
    },
  },
  corpus: {
    runs: 1043,
    async torture(options) {
      const { corpusBehindWalls } = await import('../../tests/security/corpus-runs.ts')
      return corpusBehindWalls(options)
    },
  },
  desk: {
    runs: 1043,
    async torture(options) {
      const { corpusAtTheDesk } = await import('../../tests/security/corpus-runs.ts')
      return { desk: { ...(await corpusAtTheDesk(options)) } }
    },
  },
}

const USAGE = `npm run torture -- ${Object.keys(kinds).join('|')} [--runs N] [--seed S] [--json FILE]`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, seed: { type: 'string' }, json: { type: 'string' } },
})
const kind = kinds[positionals[0] ?? '']
const runs = Number(values.runs ?? kind?.runs)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
if (!kind || !(Number.isSafeInteger(runs) && runs > 0) || !Number.isSafeInteger(seed)) {
  console.error(USAGE)
  process.exit(1)
}

const begun = Date.now()
const machine = (): string =>
  `${cpus().length} cores, load ${loadavg()
    .map(each => each.toFixed(1))
    .join(' ')}`
const seconds = (): number => Math.round((Date.now() - begun) / 100) / 10
const say = (line: string): void => console.error(`${seconds().toFixed(1).padStart(8)} s  ${line}`)

say(`${positionals[0]}: ${runs} runs from seed ${seed} (${machine()})`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    const { openSites } = await import('../../tests/faults/support/hub.ts')
    for (const remove of [...openSites]) await remove()
    process.exit(1)
  })
const reports = await kind.torture({ runs, seed, say })
for (const [name, report] of Object.entries(reports)) say(`${name}: ${JSON.stringify(report)}`)
const wrong = Object.values(reports).flatMap(report => report.wrong)
say(wrong.length === 0 ? `all is well (${machine()})` : `${wrong.length} faults:`)
for (const line of wrong) console.error(line)
if (values.json)
  writeFileSync(
    values.json,
    `${JSON.stringify({ kind: positionals[0], runs, seed, seconds: seconds(), machine: machine(), reports }, null, 2)}\n`,
  )
process.exit(wrong.length === 0 ? 0 : 1)
