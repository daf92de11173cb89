/** Listening to a page: what reaches its speakers is looked at sample by sample, in the page's own audio graph. */
import type { Page } from 'playwright-core'

export interface Heard {
  /** Blocks of samples with something in them, and with nothing. */
  loud: number
  silent: number
  /** The loudest sample. */
  peak: number
}

declare global {
  interface Window {
    /** What has reached the speakers since it was last asked. */
    atSpeakers: Heard
  }
}

/** From now on everything that is connected to the page's destination is measured on the way. */
export const listenTo = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.atSpeakers = { loud: 0, silent: 0, peak: 0 }
    const taps = new WeakMap<BaseAudioContext, AudioNode>()
    const connect = AudioNode.prototype.connect as (...args: unknown[]) => unknown
    const tapOf = (context: BaseAudioContext): AudioNode => {
      const known = taps.get(context)
      if (known) return known
      const tap = context.createScriptProcessor(1024, 1, 1)
      tap.onaudioprocess = ({ inputBuffer }) => {
        const peak = inputBuffer.getChannelData(0).reduce((most, each) => Math.max(most, Math.abs(each)), 0)
        if (peak > 0.01) window.atSpeakers.loud++
        else window.atSpeakers.silent++
        window.atSpeakers.peak = Math.max(window.atSpeakers.peak, peak)
      }
      connect.call(tap, context.destination)
      taps.set(context, tap)
      return tap
    }
    AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode, ...rest: unknown[]) {
      if (to instanceof AudioDestinationNode) connect.call(this, tapOf(to.context))
      return connect.call(this, to, ...rest)
    } as never
  })

/** What was heard since the last time this was asked. */
export const heardBy = (page: Page): Promise<Heard> =>
  page.evaluate(() => {
    const heard = window.atSpeakers
    window.atSpeakers = { loud: 0, silent: 0, peak: 0 }
    return heard
  })

/** Resolves when something is heard. */
export const untilHeard = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => window.atSpeakers.loud > 0, undefined, { polling: 100 })

/** Resolves when the device has been let go, or when it only gives silence: nothing sounds any more. */
export const untilSilent = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    () => {
      const { loud } = window.atSpeakers
      window.atSpeakers.loud = 0
      return loud === 0
    },
    undefined,
    { polling: 400 },
  )
}
