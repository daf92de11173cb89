import { type Key, keyOf } from '#shared/model/row.ts'

export interface FeedEntry {
  key: Key
  version: number
  gone: boolean
}

/** One stream: one entry per row, at the version of its last change (S2). */
export class Feed {
  epoch: number
  version = 0
  purgedThrough = 0
  private readonly entries = new Map<string, FeedEntry>()
  /** In order of version. Entries that have moved on since are skipped, and swept when they are the most. */
  private log: FeedEntry[] = []

  constructor(epoch: number) {
    this.epoch = epoch
  }

  /** Entries are never changed, so a copy of the lists is a copy. */
  clone(): Feed {
    const copy = new Feed(this.epoch)
    copy.version = this.version
    copy.purgedThrough = this.purgedThrough
    for (const [word, entry] of this.entries) copy.entries.set(word, entry)
    copy.log = [...this.log]
    return copy
  }

  move(key: Key, gone: boolean): void {
    this.version += 1
    const entry = { key, version: this.version, gone }
    this.entries.set(keyOf(key), entry)
    this.log.push(entry)
    if (this.log.length > 2 * this.entries.size + 16) this.log = this.log.filter(this.isCurrent)
  }

  /** The entries above a version, in order. */
  after(version: number): FeedEntry[] {
    let low = 0
    let high = this.log.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.log[middle] as FeedEntry).version > version) high = middle
      else low = middle + 1
    }
    return this.log.slice(low).filter(this.isCurrent)
  }

  purge(through: number): void {
    for (const [word, entry] of this.entries) {
      if (entry.gone && entry.version <= through) this.entries.delete(word)
    }
    this.log = this.log.filter(this.isCurrent)
    this.purgedThrough = Math.max(this.purgedThrough, Math.min(through, this.version))
  }

  private readonly isCurrent = (entry: FeedEntry): boolean => this.entries.get(keyOf(entry.key)) === entry
}
