import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vectors } from './corpus/index.ts'
import { hostileHtmlRuns } from './hostile-html.ts'
import { type Laboratory, type Looked, openLaboratory, type Walls } from './laboratory.ts'

const BATCH = 60
const none = { executions: [], requests: [], refused: [], connections: [] }
const nothing: Looked = { ...none, navigations: [], popups: [], downloads: [], left: [], focus: [] }

let lab: Laboratory
beforeAll(async () => {
  lab = await openLaboratory()
})
afterAll(() => lab?.close())

async function whole(walls: Walls, from = vectors): Promise<Looked> {
  const sum = structuredClone(nothing)
  for (let at = 0; at < from.length; at += BATCH) {
    const batch = from.slice(at, at + BATCH).map(({ html }) => html)
    const seen = await lab.look(walls, batch)
    for (const [kind, lines] of Object.entries(seen) as [keyof Looked, string[]][]) sum[kind].push(...lines)
  }
  return sum
}

describe('the watch', () => {
  test.for<[string, keyof Looked, string]>([
    ['something that runs', 'executions', '<img src=x onerror=alert(4711)>'],
    ['a request', 'connections', '<img src="http://planted.example/4711">'],
    ['a request over TLS', 'connections', '<img src="https://planted.example/4711">'],
    ['a frame that goes elsewhere', 'navigations', '<script>location="http://planted.example/4711"</script>'],
    [
      'a page that goes elsewhere',
      'navigations',
      '<script>top.location="http://planted.example/4711"</script>',
    ],
    ['a file', 'downloads', '<a download=x.exe href="data:application/octet-stream,4711">x</a>'],
    ['the focus taken', 'focus', '<input autofocus>'],
  ])('sees %s that was planted', async ([, kind, html]) => {
    await expect
      .poll(async () => (await lab.look('nothing', [html]))[kind].length, { timeout: 30_000 })
      .toBeGreaterThan(0)
  })

  // All of them take minutes (some never finish loading): FIGURES=1 looks at all and prints what they did.
  test.runIf(process.env.FIGURES)(
    'sees many of the vectors at work where nothing protects',
    { timeout: 600_000 },
    async () => {
      const seen = await whole(
        'nothing',
        process.env.FIGURES ? vectors : vectors.filter((_, at) => at % 5 === 0),
      )
      const ran = new Set(seen.executions)
      const asked = new Set([...seen.requests, ...seen.connections])
      if (process.env.FIGURES)
        console.log({
          vectors: vectors.length,
          ran: ran.size,
          asked: asked.size,
          led: seen.navigations.length,
        })
      expect(ran.size).toBeGreaterThan(25)
      expect(asked.size).toBeGreaterThan(40)
      expect(seen.navigations.length).toBeGreaterThan(2)
    },
  )
})

describe('the corpus', () => {
  test('behind the sanitiser alone nothing runs, is asked for, or leads away, and nothing that could is left', {
    timeout: 600_000,
  }, async () => {
    expect(await whole('sanitiser')).toEqual(nothing)
  })

  test.runIf(process.env.FIGURES)(
    'behind sandbox and policies alone, unsanitised, nothing runs, nobody is asked, the desk stays',
    {
      timeout: 600_000,
    },
    async () => {
      const { executions, connections, popups, downloads, focus } = await whole('frame')
      // A link that is pressed makes Chromium connect ahead, before the policy stops it: nothing is asked.
      const asked = connections.filter(line => /^[A-Z]+ /.test(line))
      expect([...executions, ...asked, ...popups, ...downloads, ...focus]).toEqual([])
    },
  )
})

test.runIf(process.env.FIGURES)(
  '2,000 generated mails behind the sanitiser alone',
  { timeout: 600_000 },
  async () => {
    const report = await hostileHtmlRuns({ runs: 2000, seed: 1 })
    expect(report.wrong).toEqual([])
    expect(report.mails).toBe(2000)
  },
)
