import type { Id } from '#shared/model/base.ts'
import { type Doc, type Key, keyOf, nouns, type RowType } from '#shared/model/row.ts'
import { homeOf, type Stream } from '#shared/model/stream.ts'
import type { Acknowledgement } from '#shared/protocol/common.ts'
import type { Device, NewEvent, NewJob } from './store.ts'

/** A row as the database has it. Without `doc` it is a tombstone, kept so that a row made again goes on from its `rev`. */
export interface Stored {
  key: Key
  rev: number
  doc: Doc | undefined
  streams: readonly Stream[]
}

/** A row as the transaction leaves it; without `doc`, removed. */
export interface Change {
  key: Key
  doc: Doc | undefined
}

export interface NewOutcome extends Acknowledgement {
  deviceId: Id
  epoch: number
}

/** The streams a desk finds this row in; a tombstone is in none. */
export const membersOf = (stored: Stored | null | undefined): readonly Stream[] =>
  stored?.doc ? stored.streams : []

/**
 * What one transaction has loaded and means to write. Nothing is written before the end, so that taking an attempt back
 * (S12) is a matter of memory and needs no savepoint in the database.
 */
export class Changes {
  /** Null: looked for under lock, and not there. */
  readonly loaded = new Map<string, Stored | null>()
  readonly rows = new Map<string, Change>()
  readonly devices = new Map<Id, Device>()
  readonly names: { name: string; key: Key }[] = []
  readonly events: NewEvent[] = []
  readonly jobs: NewJob[] = []
  readonly outcomes: NewOutcome[] = []
  readonly forgotten: { deviceId: Id; epoch: number; through: number }[] = []
  private readonly undo: (() => void)[] = []

  get<T extends RowType>(type: T, id: Id): Doc<T> | undefined {
    const word = keyOf({ type, id })
    const change = this.rows.get(word)
    if (change) return change.doc as Doc<T> | undefined
    const stored = this.loaded.get(word)
    if (stored === undefined) throw new Error(`${word} was not loaded`)
    return stored?.doc as Doc<T> | undefined
  }

  streamsOf(key: Key): readonly Stream[] {
    const doc = this.get(key.type, key.id)
    if (!doc) return []
    const home = homeOf(key.type, doc)
    return home ? [home] : membersOf(this.loaded.get(keyOf(key)))
  }

  put<T extends RowType>(type: T, doc: Doc<T>): void {
    this.change({ type, id: doc.id }, nouns[type].parse(doc) as Doc)
  }

  remove(type: RowType, id: Id): void {
    if (this.get(type, id)) this.change({ type, id }, undefined)
  }

  putDevice(device: Device): void {
    const before = this.devices.get(device.id)
    this.devices.set(device.id, { ...device })
    this.undo.push(() => (before ? this.devices.set(device.id, before) : this.devices.delete(device.id)))
  }

  name(name: string, key: Key): void {
    this.append(this.names, { name, key })
  }

  event(event: NewEvent): void {
    this.append(this.events, event)
  }

  job(job: NewJob): void {
    this.append(this.jobs, job)
  }

  outcome(outcome: NewOutcome): void {
    this.append(this.outcomes, outcome)
  }

  forget(deviceId: Id, epoch: number, through: number): void {
    this.append(this.forgotten, { deviceId, epoch, through })
  }

  /** Everything here is in the database, though not committed. */
  forgetWritten(): void {
    for (const collection of [this.loaded, this.rows, this.devices]) collection.clear()
    for (const list of [this.names, this.events, this.outcomes, this.forgotten, this.undo]) list.length = 0
  }

  async attempt(work: () => Promise<boolean>): Promise<boolean> {
    const mark = this.undo.length
    let done = false
    try {
      done = await work()
    } finally {
      if (!done) while (this.undo.length > mark) this.undo.pop()?.()
    }
    return done
  }

  private change(key: Key, doc: Doc | undefined): void {
    const word = keyOf(key)
    const before = this.rows.get(word)
    this.rows.set(word, { key, doc })
    this.undo.push(() => (before ? this.rows.set(word, before) : this.rows.delete(word)))
  }

  private append<T>(list: T[], entry: T): void {
    list.push(entry)
    this.undo.push(() => list.pop())
  }
}
