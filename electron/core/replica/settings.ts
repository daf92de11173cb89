import { z } from 'zod'
import { Preferences } from '#shared/ipc/states.ts'
import { ConnectionName } from '#shared/protocol/connectors.ts'
import { Session } from '#shared/protocol/http.ts'
import type { Statements } from './statements.ts'

/** What this desk remembers besides rows; inside the encrypted database, because tokens are among it. */
const shapes = {
  session: Session.extend({ hubUrl: z.string(), email: z.string() }).nullable(),
  /** Who this replica's rows belong to; outlives the session, so that nobody else signs in to them. */
  owner: z.object({ hubUrl: z.string(), agentId: z.string(), email: z.string() }).nullable(),
  /** This desk's numbers (S11). `next` is the next `n` to give; outcomes up to `confirmed` are stored. */
  numbers: z.object({ deviceId: z.string(), epoch: z.int(), next: z.int(), confirmed: z.int() }).nullable(),
  /** Waiting mutations that a hub of another epoch may have run: it was restored and may not know (S5). */
  doubted: z.array(z.string()),
  /** By the desk's clock; null: never. */
  lastContactAt: z.int().nullable(),
  /** Until when this replica held all that the hub had, by the desk's clock; null: the first sync has not ended. */
  currentAt: z.int().nullable(),
  /** The hub's clock minus the desk's. Milliseconds. */
  clockOffset: z.int(),
  preferences: Preferences,
  /** Connections to other systems, as the hub last named them (cards.ts). */
  connections: z.array(ConnectionName),
  notice: z.enum(['replica-rebuilt', 'replica-rebuilt-with-outbox']).nullable(),
  /** The session ended by the hub's word; the person must sign in again to go on. */
  expired: z.boolean(),
  /** Somebody was erased, and what the database keeps of rows that are gone is still to be written over (cleanse.ts). */
  cleansing: z.boolean(),
} as const

export type Settings = { [K in keyof typeof shapes]: z.infer<(typeof shapes)[K]> }
export type StoredSession = NonNullable<Settings['session']>

const defaults: Settings = {
  session: null,
  owner: null,
  numbers: null,
  doubted: [],
  lastContactAt: null,
  currentAt: null,
  clockOffset: 0,
  preferences: { theme: 'system', language: 'system', density: 'comfortable' },
  connections: [],
  notice: null,
  expired: false,
  cleansing: false,
}

export interface SettingsStore {
  get<K extends keyof Settings>(name: K): Settings[K]
  set<K extends keyof Settings>(name: K, value: Settings[K]): void
  /** Forgets what was read, after a transaction was rolled back. */
  reread(): void
}

export function createSettings(sql: Statements['setting']): SettingsStore {
  const known = new Map<keyof Settings, unknown>()
  return {
    get<K extends keyof Settings>(name: K): Settings[K] {
      if (!known.has(name)) {
        const text = sql.read.get(name)
        const parsed = text === undefined ? undefined : shapes[name].safeParse(JSON.parse(text))
        known.set(name, parsed?.success ? parsed.data : defaults[name])
      }
      return known.get(name) as Settings[K]
    },
    set(name, value) {
      sql.write.run(name, JSON.stringify(value))
      known.set(name, value)
    },
    reread: () => known.clear(),
  }
}

/** Reads one setting as it may stand in a damaged replica; undefined when it is not there or not whole. */
export function parseSetting<K extends keyof Settings>(name: K, text: string): Settings[K] | undefined {
  try {
    return shapes[name].parse(JSON.parse(text)) as Settings[K]
  } catch {
    return undefined
  }
}
export const settingNames = Object.keys(shapes) as (keyof Settings)[]
