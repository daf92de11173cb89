import type { Database } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import { sortKey } from '#shared/rules/pinyin.ts'
import { createMerged } from './queries/merged.ts'

/**
 * Keeps `person` equal to what customers, merges, identities and conversations say (migration 0004). `place` is the rowid of the customer
 * who stands for all.
 */
export interface People {
  /** Before a commit: puts together anew whoever was touched. */
  settle(): void
  /** Hears the place of everybody who was put together anew, or went. May also name one whose transaction was taken back. */
  onChange(listener: (place: number) => void): void
}

interface Self {
  place: number
  name: string
  created_at: number
  merged_into: Id | null
  /** Whether somebody was merged into them. */
  stands: 0 | 1
}

interface Standing {
  last_at: number
  open: number
}

/** What conversations do not change. */
const standing = ['id', 'name_key', 'created_at', 'channels', 'addresses']

export function createPeople(db: Database): People {
  const merged = createMerged(db)
  const due = db.prepare<[], Id>('select id from person_due').pluck()
  const settled = db.prepare('delete from person_due')
  const read = db.prepare<[Id], Self>(
    `select rowid as place, name, doc ->> 'createdAt' as created_at, merged_into,
       exists (select 1 from customer part where part.merged_into = c.id) as stands
     from customer c where id = ?`,
  )
  const conversations = db.prepare<[Id], Standing>(
    `select coalesce(max(activity_at), 0) as last_at, count(*) filter (where status <> 'closed') as open
     from conversation where customer_id = ?`,
  )
  const identities = db
    .prepare<[Id], [channel: Id, address: string]>(
      `select doc ->> 'channel', address from identity where customer_id = ? order by id`,
    )
    .raw()
  const remove = db.prepare<[Id], number>('delete from person where id = ? returning place').pluck()
  // Mostly only their conversations are others: SQLite writes anew every index of a column that is set.
  const goOn = db.prepare(
    `update person set last_at = @last_at, open = @open where place = @place and ${standing
      .map(name => `${name} = @${name}`)
      .join(' and ')}`,
  )
  const insert = db.prepare(
    `insert or replace into person
     values (@place, @id, @name_key, @created_at, @last_at, @open, @channels, @addresses)`,
  )
  const listeners: ((place: number) => void)[] = []
  const tell = (place: number | undefined): void => {
    if (place !== undefined) for (const listener of listeners) listener(place)
  }

  const put = (id: Id, { place, name, created_at, stands }: Self): void => {
    const person = { last_at: 0, open: 0, channels: new Set<Id>(), addresses: new Set<string>() }
    for (const member of stands ? merged.family(id) : [id]) {
      const { last_at, open } = conversations.get(member)!
      person.last_at = Math.max(person.last_at, last_at)
      person.open += open
      for (const [channel, address] of identities.all(member)) {
        person.channels.add(channel)
        person.addresses.add(address)
      }
    }
    const row = {
      place,
      id,
      name_key: sortKey(name),
      created_at,
      last_at: person.last_at,
      open: person.open,
      channels: JSON.stringify([...person.channels]),
      addresses: JSON.stringify([...person.addresses]),
    }
    if (goOn.run(row).changes === 0) insert.run(row)
    tell(place)
  }

  return {
    settle() {
      const touched = due.all()
      if (touched.length === 0) return
      settled.run()
      const survivors = new Map<Id, Self>()
      for (const id of touched) {
        const self = read.get(id)
        const survivor = self?.merged_into ? merged.survivor(id) : id
        // Whoever is gone, or part of somebody else, is nobody by themselves.
        if (!self || survivor !== id) tell(remove.get(id))
        if (self) survivors.set(survivor, survivor === id ? self : read.get(survivor)!)
      }
      for (const [id, self] of survivors) put(id, self)
    },
    onChange: listener => void listeners.push(listener),
  }
}
