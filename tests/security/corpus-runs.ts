/**
 * The corpus as a command: `npm run torture -- corpus` shows it behind no wall (so that one sees that it is alive), behind sandbox and
 * policies alone, and behind the sanitiser alone; `npm run torture -- desk` by the real path. `--runs` is how many vectors, evenly taken.
 */
import { vectors } from './corpus/index.ts'
import { type DeskReport, mailsByTheRealPath, mailsFor } from './desk.ts'
import { type Laboratory, type Looked, openLaboratory, type Walls } from './laboratory.ts'
import { openWorld } from './world.ts'

interface Options {
  runs: number
  say(line: string): void
}

type Vectors = readonly { html: string }[]

const BATCH = 60

/** So many of them, as far apart as they are. */
const some = (runs: number): Vectors => {
  const step = Math.max(1, vectors.length / runs)
  return Array.from({ length: Math.min(runs, vectors.length) }, (_, at) => vectors[Math.floor(at * step)]!)
}

/** Everything that was seen while these were shown. */
export async function whole(lab: Laboratory, walls: Walls, from: Vectors): Promise<Looked> {
  const sum: Looked = {
    ...{ executions: [], requests: [], refused: [], connections: [] },
    ...{ navigations: [], popups: [], downloads: [], left: [], focus: [] },
  }
  // The last batch is empty: what came late is told with it.
  for (let at = 0; at < from.length + BATCH; at += BATCH) {
    const batch = from.slice(at, at + BATCH).map(({ html }) => html)
    const seen = await lab.look(walls, batch)
    for (const [kind, lines] of Object.entries(seen) as [keyof Looked, string[]][]) sum[kind].push(...lines)
  }
  return sum
}

export async function corpusBehindWalls({ runs, say }: Options) {
  const from = some(runs)
  const lab = await openLaboratory()
  try {
    const alive = await whole(lab, 'nothing', from)
    const ran = new Set(alive.executions).size
    const asked = new Set([...alive.requests, ...alive.connections]).size
    say(`behind no wall: ${ran} ran, ${asked} addresses were asked`)
    const frame = await whole(lab, 'frame', from)
    say('behind sandbox and policies')
    const sanitiser = await whole(lab, 'sanitiser', from)
    const lines = (seen: Partial<Looked>): string[] =>
      Object.entries(seen).flatMap(([kind, all]) => all.map(each => `${kind}: ${each}`))
    const { executions, connections, popups, downloads, focus } = frame
    // A link that is pressed makes Chromium connect ahead, before the policy stops it: nothing is asked.
    const spoke = connections.filter(line => /^[A-Z]+ /.test(line))
    return {
      nothing: {
        ...{ vectors: from.length, ran, asked, led: alive.navigations.length },
        wrong: ran > 0 && asked > 0 ? [] : ['the corpus is dead, or the watch is blind'],
      },
      frame: {
        connectedAhead: connections.length - spoke.length,
        wrong: lines({ executions, connections: spoke, popups, downloads, focus }),
      },
      sanitiser: { wrong: lines(sanitiser) },
    }
  } finally {
    await lab.close()
  }
}

export async function corpusAtTheDesk({ runs, say }: Options): Promise<DeskReport> {
  const from = some(runs)
  const agent = { email: 'lin@skein.example', name: 'Lin <img src=x onerror=alert(1)>' }
  const world = await openWorld(agent, mailsFor(from.length))
  try {
    return await mailsByTheRealPath(
      world,
      from.map(({ html }) => html),
      say,
    )
  } finally {
    await world.close()
  }
}
