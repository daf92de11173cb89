/** npm run torture -- html: generated hostile HTML through the real sanitiser alone, without sandbox or policy around it. */
import { hostileHtml } from './generate.ts'
import { openLaboratory, type Walls } from './laboratory.ts'

export interface HtmlOptions {
  runs: number
  seed: number
  say?(line: string): void
  walls?: Walls
}

export interface HtmlReport {
  mails: number
  kilobytes: number
  wrong: string[]
}

const BATCH = 50

export async function hostileHtmlRuns({
  runs,
  seed,
  say = () => {},
  walls = 'sanitiser',
}: HtmlOptions): Promise<HtmlReport> {
  const lab = await openLaboratory()
  const wrong: string[] = []
  let [mails, letters] = [0, 0]
  try {
    for (let run = 0; run < runs && wrong.length < 20; run += BATCH) {
      const seeds = Array.from(
        { length: Math.min(BATCH, runs - run) },
        (_, at) => seed * 1_000_003 + run + at,
      )
      const batch = seeds.map(hostileHtml)
      const seen = await lab.look(walls, batch)
      for (const [kind, lines] of Object.entries(seen) as [string, string[]][])
        for (const line of lines) {
          wrong.push(`mails of seeds ${seeds[0]} to ${seeds.at(-1)}: ${kind}: ${line}`)
          say(wrong.at(-1)!)
        }
      mails += batch.length
      letters += batch.reduce((sum, html) => sum + html.length, 0)
      if (mails % 500 === 0) say(`${mails} mails, ${wrong.length} wrong`)
    }
  } finally {
    await lab.close()
  }
  return { mails, kilobytes: Math.round(letters / 1024), wrong }
}
