// Makes the desk audible. Invariants: of several windows one plays (a lock of the origin); what cannot be heard is known, and shown; the
// device is held only while something sounds.
import { create } from 'zustand'
import type { Motif } from '#shared/rules/attention.ts'
import { whenQuiet } from '../../../store/quiet.ts'
import { schedule } from './synth.ts'

/**
 * - `starting`: not known yet
 * - `ready`: a sound would be heard
 * - `blocked`: the browser lets this page make no sound before somebody has clicked or typed in it; never so in Electron
 * - `silent`: this machine has nothing to hear with
 */
export type Hearing = 'starting' | 'ready' | 'blocked' | 'silent'

const usePlayer = create<{ hearing: Hearing }>(() => ({ hearing: 'starting' }))
export const useHearing = (): Hearing => usePlayer(({ hearing }) => hearing)

let context: AudioContext | undefined
/** What sounds now goes through it. */
let open: GainNode | undefined
let chosen = false
let restUntil = 0
let rest: ReturnType<typeof setTimeout> | undefined

/** Milliseconds after the last tone in which the device is let go. */
const REST = 1_500
/** A device that has not begun by then is not there. */
const STUCK = 4_000

function state(hearing: Hearing): void {
  if (usePlayer.getState().hearing !== hearing) usePlayer.setState({ hearing })
}

function begin(): AudioContext {
  const made = new AudioContext()
  // A device that comes late is there all the same.
  made.addEventListener('statechange', () => made.state === 'running' && state('ready'))
  return made
}

/** Asks for sound: at the start, at the first gesture, and when something is to be heard. */
async function wake(): Promise<AudioContext | undefined> {
  try {
    context ??= begin()
  } catch {
    state('silent')
    return undefined
  }
  if (context.state !== 'running') {
    const late = new Promise<void>(resolve => setTimeout(resolve, STUCK))
    await Promise.race([context.resume().catch(() => {}), late])
  }
  if (context.state === 'running') {
    state('ready')
    candidate()
    return context
  }
  state(navigator.userActivation?.hasBeenActive === false ? 'blocked' : 'silent')
  return undefined
}

const LOCK = 'skein-sound'
let holds = false

/** Stands for the one that plays; whoever holds the lock does so until their window closes. */
function candidate(): void {
  if (chosen) return
  chosen = true
  void navigator.locks?.request(LOCK, () => {
    holds = true
    return new Promise(() => {})
  })
}

async function othersPlay(): Promise<boolean> {
  if (holds || !navigator.locks) return false
  const { held = [] } = await navigator.locks.query()
  return !holds && held.some(({ name }) => name === LOCK)
}

function letGo(): void {
  clearTimeout(rest)
  rest = setTimeout(() => {
    if (context && context.currentTime >= restUntil) void context.suspend().catch(() => {})
    else letGo()
  }, REST)
}

/** Sounds here, whichever window plays otherwise: somebody asked to hear it. @returns whether it can be heard */
export async function hear(motif: Motif, volume: number): Promise<boolean> {
  clearTimeout(rest)
  const audible = await wake()
  if (!audible) return false
  if (!open) {
    open = audible.createGain()
    open.connect(audible.destination)
  }
  restUntil = Math.max(restUntil, schedule(audible, motif, volume, audible.currentTime + 0.02, open))
  letGo()
  return true
}

/** Seconds in which two thirds of a sound are gone: none ends with a click. */
const FADE = 0.01

/** What sounds is silent at once, in this window; what comes after it is heard. */
export function hush(): void {
  if (context) open?.gain.setTargetAtTime(0, context.currentTime, FADE)
  open = undefined
}

/** Sounds in the window that plays. */
export async function play(motif: Motif, volume: number): Promise<void> {
  if (await othersPlay()) return
  await hear(motif, volume)
}

/** Called once, by main.tsx. To ask the machine for its speakers takes a tenth of a second in which nothing is drawn. */
export function listenForGesture(): void {
  const ask = (): void => void wake().then(letGo)
  const gesture = (): void => (context ? ask() : whenQuiet(ask))
  for (const name of ['pointerdown', 'keydown'] as const)
    addEventListener(name, gesture, { capture: true, once: true })
  whenQuiet(ask)
}
