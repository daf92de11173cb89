// What each motif is: a few tones, made by ourselves, told apart with eyes closed and bearable for eight hours. No sound files.
import type { Motif } from '#shared/rules/attention.ts'

export interface Tone {
  /** Of its fundamental. */
  hertz: number
  /** Seconds from the motif's beginning, and how long it can be heard. */
  at: number
  lasts: number
  /** 0 to 1. */
  loud: number
  /** Loudness of the overtones beside the fundamental, from the second on. */
  overtones: readonly number[]
}

/** Like a wooden bar struck softly, like glass, and like a reed. */
const bar = [0.18, 0.05]
const glass = [0.3, 0, 0.12]
const reed = [0.5, 0.3, 0.15]

const tone = (
  hertz: number,
  at: number,
  lasts: number,
  loud: number,
  overtones: readonly number[],
): Tone => ({
  hertz,
  at,
  lasts,
  loud,
  overtones,
})

/** A telephone: two tones in quick turn, twice. */
const ring = (from: number): Tone[] =>
  Array.from({ length: 8 }, (_, index) =>
    tone(index % 2 === 0 ? 622.25 : 739.99, from + index * 0.075, 0.13, 0.8, reed),
  )

export const motifTones: Record<Motif, readonly Tone[]> = {
  // Something lies in the box: two low, soft steps up.
  mail: [tone(440, 0, 0.5, 0.45, bar), tone(659.26, 0.13, 0.7, 0.4, bar)],
  // Somebody is there: three bright ones.
  chat: [
    tone(783.99, 0, 0.35, 0.75, bar),
    tone(987.77, 0.12, 0.35, 0.75, bar),
    tone(1174.66, 0.24, 0.7, 0.8, bar),
  ],
  phone: [...ring(0), ...ring(0.95)],
  // A colleague taps one's shoulder: the same high note twice.
  mention: [tone(1318.51, 0, 0.3, 0.5, glass), tone(1318.51, 0.2, 0.8, 0.5, glass)],
  // It fell: two steps down.
  failure: [tone(349.23, 0, 0.35, 0.75, reed), tone(261.63, 0.22, 0.8, 0.75, reed)],
}

/** Seconds. */
export const lengthOf = (motif: Motif): number =>
  Math.max(...motifTones[motif].map(({ at, lasts }) => at + lasts))
