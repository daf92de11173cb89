import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EventName, EventOf } from '#shared/ipc/contract.ts'
import type { Port } from '#shared/ipc/port.ts'
import type { DeskState, SyncState } from '#shared/ipc/states.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import { createDesk, type Desk } from './desk.ts'
import { createTroubles, diagnose } from './diagnostics.ts'
import { FaultError, faultOf, isDamage } from './fault-error.ts'
import { type Ground, realGround } from './ground.ts'
import { keepPulse } from './pulse.ts'
import { createBlobs } from './replica/blobs.ts'
import { type Journal, keepJournal } from './replica/journal.ts'
import type { Replica } from './replica/replica.ts'
import { lockedPath, openOrSalvage, rebuild, removeReplica, setAsidePath } from './replica/salvage.ts'
import { createRequests } from './requests.ts'
import { type Client, type Served, servePort } from './serve.ts'
import type { Fetch } from './sync/hub-http.ts'
import { type Reach, reachHub } from './sync/knocking.ts'
import type { Dial } from './sync/link.ts'
import { dialSocket } from './sync/socket.ts'

export interface CoreOptions {
  /** Holds the replica and the files; made when it is not there. */
  profileDir: string
  /** 32 bytes, from the keychain. */
  key: Uint8Array
  device: { name: string; platform: string }
  /** Absent: from its sources. */
  version?: string
  /** What the sign-in proposes before anybody signed in. */
  hubUrl?: string
  log?(line: string): void
  ground?: Ground
  dial?: Dial
  reach?: Reach
  fetch?: Fetch
  /** Bytes of attachments kept that the hub has too. */
  blobBudget?: number
}

export interface Core {
  /** Serves the contract to one page. */
  connect(port: Port): void
  /** The machine woke up, or the network came back. */
  awake(): void
  /** Resolves when nothing that was erased is left to be written over. */
  cleansed(): Promise<void>
  close(): Promise<void>
}

const BLOB_BUDGET = 2 * 1024 ** 3

/**
 * Opens the profile and serves it. A replica that may not be opened (newer than this code, disk full or failing) is told to
 * every page as the state `refused`; nothing is changed then.
 *
 * @throws FaultError profile-in-use: another desk has this profile open
 */
export async function startCore(options: CoreOptions): Promise<Core> {
  const ground = options.ground ?? realGround
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const log = options.log ?? (() => {})
  const path = join(options.profileDir, 'replica.db')
  const blobDir = join(options.profileDir, 'blobs')
  const clients = new Set<Client>()
  const startedAt = ground.now()
  const troubles = createTroubles(ground.now)
  let desk: Desk | undefined
  let journal: Journal | undefined
  let refusal: Fault | undefined
  let mending = false

  const tell = <N extends EventName>(name: N, value: EventOf<N>): void => {
    for (const client of clients)
      client.tell(name, name === 'desk' ? (proposed(value as never) as never) : value)
  }
  const proposed = (state: DeskState): DeskState => ({
    ...state,
    hubUrl: state.hubUrl ?? options.hubUrl ?? null,
  })

  const openWith = (replica: Replica): void => {
    journal = keepJournal(replica, path, options.key)
    const blobs = createBlobs(replica, {
      dir: blobDir,
      key: options.key,
      budget: options.blobBudget ?? BLOB_BUDGET,
      now: ground.now,
    })
    blobs.tidy()
    desk = createDesk({
      replica,
      blobs,
      ground,
      dial: options.dial ?? dialSocket,
      reach: options.reach ?? reachHub,
      fetch,
      tell,
      damaged: mend,
      cleanBeside() {
        journal?.renew()
        removeReplica(setAsidePath(path))
      },
    })
    refusal = undefined
  }

  /** What is looked at first may be damaged where opening did not look (S28); what a rebuild makes is sound. */
  const open = (from: () => Replica): void => {
    const replica = from()
    try {
      openWith(replica)
    } catch (error) {
      journal?.close()
      replica.close()
      if (!isDamage(error)) throw error
      openWith(rebuild(path, options.key))
    }
  }

  /** Rebuilds a damaged replica (S28), once what met the damage has ended. */
  const mend = (error: unknown): void => {
    if (!isDamage(error) || mending || !desk) return
    mending = true
    log(`replica damaged: ${(error as { code?: string }).code ?? ''}`)
    ground.soon(() => {
      mending = false
      if (desk) reopen(() => rebuild(path, options.key))
    })
  }

  const close = (): void => {
    journal?.close()
    desk?.close()
    journal = undefined
    desk = undefined
  }

  /** Exchanges the replica under the open pages. */
  const reopen = (from: () => Replica): void => {
    close()
    try {
      open(from)
    } catch (error) {
      refusal = faultOf(error)
      log(`not opened: ${refusal.kind}`)
    }
    tellAll()
    for (const client of clients) client.resubscribe()
    ;(desk as Desk | undefined)?.start()
  }

  const forget = (): void =>
    reopen(() => {
      removeReplica(path)
      removeReplica(setAsidePath(path))
      removeReplica(lockedPath(path))
      rmSync(blobDir, { recursive: true, force: true })
      return openOrSalvage(path, options.key)
    })

  /** What could not be opened may be opened now: there is space again, or the disk is back. */
  const again = (): void => {
    if (desk) awake()
    else reopen(() => openOrSalvage(path, options.key))
  }

  const beat = (): void => tell('beat', {})
  const awake = (): void => {
    desk?.awake()
    beat()
  }

  const states = (): ReturnType<Served['states']> => ({
    desk: proposed(desk?.state() ?? refusedState(refusal)),
    sync: desk?.sync() ?? nothingMoves(refusal),
    preferences: desk?.preferences() ?? { theme: 'system', language: 'system', density: 'comfortable' },
  })
  const tellAll = (): void => {
    for (const [name, value] of Object.entries(states())) tell(name as 'sync', value as SyncState)
  }

  const current = (): Desk => {
    if (!desk) throw refusal ? new FaultError(refusal) : new Error('closed')
    return desk
  }

  const served: Served = {
    requests: createRequests({
      desk: current,
      ground,
      fetch,
      device: options.device,
      tellStep: step => tell('setUpStep', step),
      tellChange: change => tell('customersChange', change),
      tellConversations: change => tell('conversationsChange', change),
      tellTable: change => tell('tableProgress', change),
      diagnose: () =>
        diagnose(current(), {
          version: options.version ?? 'sources',
          startedAt,
          now: ground.now(),
          troubles,
        }),
      forget,
      again,
    }),
    live: () => current().live,
    barred: () => (desk ? desk.barred() : refusal),
    states,
    failed(where, error) {
      troubles.note(where, error)
      mend(error)
      if (faultOf(error).kind === 'internal') log(`internal: ${(error as Error)?.stack ?? String(error)}`)
    },
  }

  mkdirSync(options.profileDir, { recursive: true, mode: 0o700 })
  try {
    open(() => openOrSalvage(path, options.key))
  } catch (error) {
    refusal = faultOf(error)
    log(`not opened: ${refusal.kind}`)
    if (refusal.kind === 'profile-in-use' || refusal.kind === 'internal') throw error
  }
  desk?.start()
  const stopPulse = keepPulse(ground, beat, awake)

  return {
    connect(port) {
      clients.add(servePort(port, served, client => clients.delete(client)))
    },
    awake,
    cleansed: async () => desk?.cleansed(),
    async close() {
      stopPulse()
      for (const client of [...clients]) client.close()
      clients.clear()
      close()
    },
  }
}

const refusedState = (refusal: Fault | undefined): DeskState => ({
  phase: refusal ? 'refused' : 'opening',
  agentId: null,
  deviceId: null,
  hubUrl: null,
  email: null,
  fault: refusal ?? null,
  notice: null,
})

const nothingMoves = (refusal: Fault | undefined): SyncState => ({
  phase: refusal ? 'blocked' : 'offline',
  lastContactAt: null,
  currentAt: null,
  offlineSince: null,
  retryAt: null,
  progress: null,
  waiting: 0,
  held: 0,
  refused: 0,
  uncertain: 0,
  failed: 0,
  locksAt: null,
  fault: refusal ?? null,
})
