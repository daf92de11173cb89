import { setImmediate as soon } from 'node:timers'
import { uuidv7 } from 'uuidv7'
import type { Id, Instant } from '#shared/model/base.ts'

/** Time, chance and turns, handed in so that a simulation decides about them. Nothing else in the core reads a clock. */
export interface Ground {
  now(): Instant
  newId(): Id
  /** 0 up to 1. */
  random(): number
  /** Runs once after so many milliseconds; returns the way to call it off. */
  after(milliseconds: number, run: () => void): () => void
  /** Runs when what is waiting has had its turn. */
  soon(run: () => void): void
}

export const realGround: Ground = {
  now: () => Date.now(),
  newId: () => uuidv7(),
  random: () => Math.random(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  soon: run => void soon(run),
}

/** Lets others have their turn: a query that came meanwhile is answered before the next piece of work (S8). */
export const turn = (ground: Ground): Promise<void> => new Promise(resolve => ground.soon(resolve))
