import fc from 'fast-check'
import { type Options, play } from './play.ts'
import { type Story, story } from './story.ts'
import { told } from './told.ts'
import type { Order, Report } from './workers.ts'

/** Shrinking a failure takes as many stories as it takes, but not for ever. Milliseconds. */
const SHRINK_FOR = 120_000

/** Plays stories in this process until one breaks an invariant; that one is shrunk. */
export async function run({ runs, seed, path, seconds = 1e9, postgres }: Order): Promise<Report> {
  const begun = performance.now()
  const options = postgres ? await onPostgres() : undefined
  let played = 0
  let failedAt: number | undefined
  let worst: { story: Story; error: unknown } | undefined
  const property = fc.asyncProperty(story, async each => {
    const now = performance.now()
    if (failedAt === undefined ? now - begun > seconds * 1000 : now - failedAt > SHRINK_FOR) return
    try {
      await play(each, options)
      if (failedAt === undefined) played += 1
    } catch (error) {
      failedAt ??= performance.now()
      worst = { story: each, error }
      throw error
    }
  })
  const details = await fc.check(property, {
    seed,
    numRuns: runs,
    ...(path ? { path } : {}),
  })
  await options?.close()
  return {
    runs: played,
    seconds: (performance.now() - begun) / 1000,
    processor: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    failures: worst
      ? [
          {
            story: told(worst.story),
            data: worst.story,
            error:
              worst.error instanceof Error ? (worst.error.stack ?? worst.error.message) : String(worst.error),
            replay: `npm run simulate -- --runs ${runs} --seed ${seed} --path ${details.counterexamplePath}${postgres ? ' --postgres' : ''}`,
          },
        ]
      : [],
  }
}

async function onPostgres(): Promise<Options & { close(): Promise<void> }> {
  const { postgresStories } = await import('./postgres.ts')
  return postgresStories()
}
