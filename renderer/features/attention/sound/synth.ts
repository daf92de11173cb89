import type { Motif } from '#shared/rules/attention.ts'
import { lengthOf, motifTones, type Tone } from './motifs.ts'

/** Ears hear loudness by its logarithm: half way along the slider is half as loud. */
const gainOf = (volume: number): number => volume ** 2

/** Seconds until a tone is at its loudest; none begins with a click. */
const ATTACK = 0.008
const NOTHING = 0.0001

/**
 * Puts a motif on a context's clock, which runs whether or not the page is seen. Everything it makes is gone when it has sounded.
 *
 * @param volume 0 to 1
 * @param from seconds of the context's clock
 * @param to what it is heard through
 * @returns when it has sounded, in seconds of that clock
 */
export function schedule(
  context: BaseAudioContext,
  motif: Motif,
  volume: number,
  from: number,
  to: AudioNode = context.destination,
): number {
  const out = context.createGain()
  out.gain.value = gainOf(volume)
  out.connect(to)
  const tones = motifTones[motif]
  const last = tones.map(each => sound(context, out, each, from)).at(-1)
  last?.addEventListener('ended', () => out.disconnect(), { once: true })
  return from + lengthOf(motif)
}

function sound(context: BaseAudioContext, out: AudioNode, tone: Tone, from: number): OscillatorNode {
  const begin = from + tone.at
  const end = begin + tone.lasts
  const envelope = context.createGain()
  envelope.gain.setValueAtTime(NOTHING, begin)
  envelope.gain.linearRampToValueAtTime(tone.loud, begin + ATTACK)
  envelope.gain.exponentialRampToValueAtTime(NOTHING, end)
  envelope.connect(out)
  const oscillator = context.createOscillator()
  oscillator.setPeriodicWave(waveOf(context, tone.overtones))
  oscillator.frequency.setValueAtTime(tone.hertz, begin)
  oscillator.connect(envelope)
  oscillator.start(begin)
  oscillator.stop(end)
  oscillator.addEventListener('ended', () => envelope.disconnect(), { once: true })
  return oscillator
}

const waveOf = (context: BaseAudioContext, overtones: readonly number[]): PeriodicWave => {
  const partials = [0, 1, ...overtones]
  const sum = 1 + overtones.reduce((all, each) => all + each, 0)
  return context.createPeriodicWave(
    partials.map(() => 0),
    partials.map(each => each / sum),
    { disableNormalization: true },
  )
}
