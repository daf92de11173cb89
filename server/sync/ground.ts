import type { Id, Instant } from '#shared/model/base.ts'
import type { Store } from '../store/store.ts'

/** What the hub's pure parts stand on. Nothing in sync reads a clock, makes an id or sets a timer by itself. */
export interface Ground {
  store: Store
  now(): Instant
  newId(): Id
}

/** Timers, handed in so that a simulation decides when they fire. */
export interface Scheduler {
  /** Runs once after so many milliseconds; returns the way to call it off. */
  after(milliseconds: number, run: () => void): () => void
}

/** Where an error of ours is written. Never content, never secrets. */
export interface Log {
  info(facts: Record<string, unknown>, message: string): void
  warn(facts: Record<string, unknown>, message: string): void
  error(facts: Record<string, unknown>, message: string): void
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }
