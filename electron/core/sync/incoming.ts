import { type Down, down } from '#shared/protocol/down.ts'
import { type Ground, turn } from '../ground.ts'
import { readDocuments } from './documents.ts'
import { mayJoin } from './pieces.ts'

/** What is told in order and may take long. The rest is told as it comes. */
type Ordered = 'welcome' | 'patch' | 'pushRefused'

/** A message that waits for its turn. Read only then: it may be large. */
interface Waiting {
  mine: number
  name: Ordered
  payload: unknown
  patch?: Down['patch'] | undefined
}

export interface IncomingDeps {
  ground: Ground
  /** The connection that counts now; what came by an earlier one is passed over. */
  attempt(): number
  /** Whether patches that wait behind one are applied with it. */
  joining(): boolean
  /** It was no message of this protocol. */
  bad(name: keyof Down): void
  /** A handler threw while the connection `mine` was worked off. */
  threw(mine: number, error: unknown): void
  welcome(mine: number, message: Down['welcome']): Promise<void>
  patches(mine: number, messages: [Down['patch'], ...Down['patch'][]]): Promise<void>
  pushRefused(message: Down['pushRefused']): void
  presence(message: Down['presence']): void
  goodbye(message: Down['goodbye']): void
}

/** Reads what the hub says and works it off, one after the other and strictly in order. */
export interface Incoming {
  take(mine: number, name: keyof Down, payload: unknown): void
  /** The connection is gone, and what waits with it. */
  forget(): void
}

export function createIncoming(deps: IncomingDeps): Incoming {
  let waiting: Waiting[] = []
  let working = false

  /** Undefined: it was no message. */
  const read = <N extends keyof Down>(name: N, payload: unknown): Down[N] | undefined => {
    const parsed = down[name].safeParse(payload)
    if (parsed.success) return parsed.data as Down[N]
    deps.bad(name)
    return undefined
  }

  const readPatch = (next: Waiting): Down['patch'] | undefined => {
    next.patch ??= read('patch', readDocuments(next.payload))
    next.payload = undefined
    return next.patch
  }

  const drain = async (): Promise<void> => {
    if (working) return
    working = true
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { mine } = next
        if (mine === deps.attempt()) await workOff(next).catch(error => deps.threw(mine, error))
      }
    } finally {
      working = false
    }
  }

  const workOff = async (next: Waiting): Promise<void> => {
    const { mine, name, payload } = next
    if (name === 'patch') {
      const first = readPatch(next)
      if (first?.rows.length) await turn(deps.ground)
      if (first && mine === deps.attempt()) await deps.patches(mine, [first, ...behind(mine, first)])
    } else if (name === 'welcome') {
      const message = read(name, payload)
      if (message) await deps.welcome(mine, message)
    } else {
      const message = read(name, payload)
      if (message) deps.pushRefused(message)
    }
  }

  /** The patches behind this one that are applied with it. */
  const behind = (mine: number, first: Down['patch']): Down['patch'][] => {
    if (!deps.joining()) return []
    const found = [first]
    for (let next = waiting[0]; next?.mine === mine && next.name === 'patch'; next = waiting[0]) {
      const patch = readPatch(next)
      if (!patch || !mayJoin(found, patch)) break
      found.push(patch)
      waiting.shift()
    }
    return found.slice(1)
  }

  return {
    take(mine, name, payload) {
      if (name === 'welcome' || name === 'patch' || name === 'pushRefused') {
        waiting.push({ mine, name, payload })
        void drain()
        return
      }
      const message = read(name, payload)
      if (message === undefined) return
      if (name === 'presence') deps.presence(message as Down['presence'])
      else if (name === 'goodbye') deps.goodbye(message as Down['goodbye'])
    },
    forget() {
      waiting = []
    },
  }
}
