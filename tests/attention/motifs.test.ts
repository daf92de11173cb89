/** What each motif sounds like, rendered sample by sample by Chromium's own Web Audio, faster than it can be heard. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Motif, motifs } from '#shared/rules/attention.ts'
import { chromiumForPages } from '../../build/scripts/chromium.ts'
import { lengthOf, motifTones } from '../../renderer/features/attention/sound/motifs.ts'

const root = join(import.meta.dirname, '..', '..')
/** Enough for every overtone of theirs; samples are handed over one by one. */
const RATE = 12_000
let browser: Browser
let page: Page

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'skein-motifs-'))
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    build: {
      outDir: folder,
      lib: {
        entry: join(root, 'renderer/features/attention/sound/synth.ts'),
        name: 'synth',
        formats: ['iife'],
        fileName: () => 'synth.js',
      },
    },
  })
  browser = await chromium.launch(chromiumForPages())
  page = await browser.newPage()
  await page.addScriptTag({ content: await readFile(join(folder, 'synth.js'), 'utf8') })
  await rm(folder, { recursive: true })
})
afterAll(() => browser?.close())

declare const synth: typeof import('../../renderer/features/attention/sound/synth.ts')

/** The samples of a motif, with half a second after it. */
const render = async (motif: Motif, volume = 1): Promise<Float32Array> => {
  const seconds = lengthOf(motif) + 0.5
  const samples = await page.evaluate(
    async ([name, loud, length, rate]) => {
      const context = new OfflineAudioContext(1, Math.ceil(length * rate), rate)
      synth.schedule(context, name, loud, 0)
      return [...(await context.startRendering()).getChannelData(0)]
    },
    [motif, volume, seconds, RATE] as const,
  )
  return Float32Array.from(samples)
}
const part = (samples: Float32Array, from: number, seconds: number): Float32Array =>
  samples.subarray(Math.round(from * RATE), Math.round((from + seconds) * RATE))
const energyOf = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length)
/** How much of one frequency is in it (Goertzel). */
const amountOf = (samples: Float32Array, hertz: number): number => {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / RATE)
  let one = 0
  let two = 0
  for (const each of samples) [one, two] = [each + turn * one - two, one]
  return Math.sqrt(one * one + two * two - turn * one * two) / samples.length
}
/** The strongest frequency, to a quarter of a semitone. */
const pitchOf = (samples: Float32Array): number => {
  const steps = Array.from({ length: 4 * 48 }, (_, step) => 110 * 2 ** (step / 48))
  return steps.reduce((best, hertz) => (amountOf(samples, hertz) > amountOf(samples, best) ? hertz : best))
}

describe.each(motifs)('%s', motif => {
  test('has energy, no click at its beginning, no overdrive, and ends', async () => {
    const samples = await render(motif)
    expect(energyOf(part(samples, 0, lengthOf(motif)))).toBeGreaterThan(0.02)
    expect(Math.abs(samples[0]!)).toBeLessThan(0.01)
    expect(samples.every(each => Math.abs(each) <= 1)).toBe(true)
    expect(energyOf(part(samples, lengthOf(motif) + 0.05, 0.4))).toBeLessThan(0.0001)
  })

  test('sounds at the pitch that is written', async () => {
    const [first] = motifTones[motif]
    const samples = await render(motif)
    const next = motifTones[motif][1]!
    const heard = pitchOf(part(samples, 0.01, Math.min(next.at, first!.lasts) - 0.01))
    // A short piece of a tone is known to within a semitone.
    expect(Math.abs(12 * Math.log2(heard / first!.hertz))).toBeLessThan(1)
  })
})

test('at half the volume a sound is twelve decibels softer, and at none there is nothing', async () => {
  const [loud, half, none] = [await render('chat'), await render('chat', 0.5), await render('chat', 0)]
  expect(energyOf(half) / energyOf(loud)).toBeCloseTo(0.25, 2)
  expect(energyOf(none)).toBe(0)
})

test('no two begin alike: they are told apart with eyes closed', () => {
  const begins = motifs.map(motif => Math.round(12 * Math.log2(motifTones[motif][0]!.hertz / 110)))
  expect(new Set(begins).size).toBe(motifs.length)
})
