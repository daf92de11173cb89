import type { EventName, EventOf } from '#shared/ipc/contract.ts'
import type { DeskState, Preferences, SyncState } from '#shared/ipc/states.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import { type Attachments, createAttachments } from './attachments.ts'
import { createAttention } from './attention/attention.ts'
import { followAlerts } from './attention/follow.ts'
import { type Cards, createCards } from './cards.ts'
import { faultOf } from './fault-error.ts'
import type { Ground } from './ground.ts'
import type { Blobs } from './replica/blobs.ts'
import { cleanse } from './replica/cleanse.ts'
import { createLive, type Live } from './replica/live.ts'
import { createAnswers } from './replica/queries/index.ts'
import type { Replica } from './replica/replica.ts'
import type { Applied } from './sync/apply.ts'
import { type Connection, createConnection } from './sync/connection.ts'
import type { Fetch } from './sync/hub-http.ts'
import type { Reach } from './sync/knocking.ts'
import type { Dial } from './sync/link.ts'
import type { RefusedNote } from './sync/refusal.ts'
import { createSyncState } from './sync/state.ts'
import { createTokens, type Tokens } from './sync/tokens.ts'
import { createUploads, type Uploads } from './sync/uploads.ts'
import { createUpkeep } from './upkeep.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
/** While much is coming, live queries follow this often instead of after every piece. Milliseconds. */
const CATCHING_UP_EVERY = 100

const dayOf = (at: number): string => new Date(at).toDateString()

export type Tell = <N extends EventName>(name: N, value: EventOf<N>) => void

export interface DeskDeps {
  replica: Replica
  blobs: Blobs
  ground: Ground
  dial: Dial
  reach?: Reach | undefined
  fetch: Fetch
  tell: Tell
  /** The database failed. When its file is damaged (S28) the desk is to be closed and opened again, later. */
  damaged(error: unknown): void
  /** Somebody was erased: journal and copies beside the database are made anew, or removed. */
  cleanBeside?(): void
}

/** One open replica with everything that works on it. The simulation runs it with a replica in memory. */
export interface Desk {
  readonly replica: Replica
  readonly live: Live
  readonly connection: Connection
  readonly tokens: Tokens
  readonly uploads: Uploads
  readonly attachments: Attachments
  readonly cards: Cards
  state(): DeskState
  sync(): SyncState
  /** Why nothing may be read or changed now; undefined when it may. */
  barred(): Fault | undefined
  preferences(): Preferences
  /** Resolves when nothing that was erased is left to be written over. */
  cleansed(): Promise<void>
  /** A change was made by hand: what shows it is brought up to date, then it is sent. */
  afterChange(): void
  /** Connects if there is a session. */
  start(): void
  /** Tells the states again after a change of session or settings. */
  changed(): void
  /** The machine slept, or the network is back: what depends on time is looked at, and the hub is asked for at once. */
  awake(): void
  close(): void
}

export function createDesk(deps: DeskDeps): Desk {
  const { replica, blobs, ground, tell } = deps
  const { settings } = replica
  const tokens = createTokens(replica, ground, deps.fetch)
  let closed = false
  let cancelLater = (): void => {}
  let cancelWatch = (): void => {}
  let lookAtTime = (): void => {}
  let telling = false

  /** For what runs by itself later: nobody is there to take its exception. */
  const guarded = (run: () => void) => (): void => {
    if (closed) return
    try {
      run()
    } catch (error) {
      if (faultOf(error).kind === 'internal') throw error
      deps.damaged(error)
    }
  }

  const connection = createConnection({
    replica,
    ground,
    dial: deps.dial,
    reach: deps.reach,
    tokens,
    changed: () => {
      standingChanged()
    },
    applied: applied => tellApplied(applied),
    presence: message => tell('presence', message),
    ended: () => changed(),
    damaged: deps.damaged,
  })
  const uploads = createUploads({
    replica,
    blobs,
    ground,
    tokens,
    connected: () => connection.standing.offlineSince === null,
    hubNow: connection.hubNow,
    arrived: () => connection.push(),
    refused: notes => tellRefused(notes),
    failed: deps.damaged,
  })
  const attachments = createAttachments({
    replica,
    blobs,
    tokens,
    fetch: deps.fetch,
    agentId: () => settings.get('owner')?.agentId ?? '',
    newId: ground.newId,
    added: () => uploads.run(),
  })

  const cards = createCards({
    replica,
    ground,
    tokens,
    fetch: deps.fetch,
    connected: () => connection.standing.offlineSince === null,
    hubNow: connection.hubNow,
    changed: () => live.refresh('local'),
    failed: deps.damaged,
  })
  const answers = createAnswers({
    replica,
    agentId: () => settings.get('owner')?.agentId ?? '',
    loadingOlder: () => connection.older.loading(),
    connected: () => connection.standing.offlineSince === null,
    asking: cards.asking,
  })
  const live = createLive(
    replica,
    () => answers,
    run => {
      if (connection.standing.phase === 'catching-up')
        cancelLater = ground.after(CATCHING_UP_EVERY, guarded(run))
      else ground.soon(guarded(run))
    },
    run => ground.soon(guarded(run)),
  )
  const upkeep = createUpkeep(replica, ground, guarded, () => connection.standing.phase === 'catching-up')
  const count = createSyncState(replica)
  const sync = (): SyncState => {
    try {
      return count(connection.standing)
    } catch (error) {
      deps.damaged(error)
      return {
        ...connection.standing,
        waiting: 0,
        held: 0,
        refused: 0,
        uncertain: 0,
        failed: 0,
        locksAt: null,
      }
    }
  }
  replica.onCommit(() => {
    tellSoon()
    upkeep.written()
  })

  // ------------------------------------------------------------------------------------------------- telling

  let lastSync = ''
  let toldPhase: SyncState['phase'] | undefined
  let lastDesk = ''
  let lastPreferences = JSON.stringify(settings.get('preferences'))
  let phase = ''

  /** States are told once a turn, and only when they differ. */
  const tellSoon = (): void => {
    if (telling || closed) return
    telling = true
    ground.soon(
      guarded(() => {
        telling = false
        tellStates()
      }),
    )
  }

  /** Nothing is called live before the rows that make it so have been told (S25). */
  const tellSync = (): void => {
    const syncState = sync()
    const { phase } = syncState
    if (phase === 'live' && toldPhase !== 'live') {
      live.flush()
      if (!live.settled()) {
        tellSoon()
        return
      }
    }
    const syncText = JSON.stringify(syncState)
    if (syncText !== lastSync) tell('sync', syncState)
    lastSync = syncText
    toldPhase = phase
  }

  const tellStates = (): void => {
    tellSync()
    const deskState = state()
    const deskText = JSON.stringify(deskState)
    const preferences = settings.get('preferences')
    const preferencesText = JSON.stringify(preferences)
    if (preferencesText !== lastPreferences) {
      tell('preferences', preferences)
      attention.wantedChanged()
    }
    if (deskText !== lastDesk) {
      tell('desk', deskState)
      // What was barred may be read again, or the other way round.
      live.refresh('everything')
    }
    lastDesk = deskText
    lastPreferences = preferencesText
  }

  const standingChanged = (): void => {
    if (closed) return
    follow()
    const { phase: now } = connection.standing
    if (now !== phase) {
      phase = now
      live.refresh('local')
      if (now === 'live' || now === 'catching-up') uploads.run()
      if (now === 'live') cards.ahead()
    }
    tellSoon()
  }

  const changed = tellSoon

  const tellRefused = (notes: readonly RefusedNote[]): void => {
    for (const note of notes) tell('refused', note)
    if (notes.length > 0) connection.push()
  }

  let cleansed: Promise<void> = Promise.resolve()
  const attention = createAttention({
    ground: { ...ground, after: (wait, run) => ground.after(wait, guarded(run)) },
    tell,
    preferences: () => settings.get('preferences'),
    open: () => state().phase === 'signed-in',
    catchingUp: () => ['connecting', 'catching-up'].includes(connection.standing.phase),
  })
  let leaveAlerts: (() => void) | undefined
  const forgetAlerts = (): void => {
    leaveAlerts?.()
    leaveAlerts = undefined
  }
  /** From the end of the first sync on: what it brought is what the desk finds, and no news. */
  const follow = (): void => {
    if (settings.get('session') === null || connection.standing.currentAt === null) return
    leaveAlerts ??= followAlerts(live, attention)
  }

  /** What the database keeps of rows that are gone. One after the other: a second erasure begins again. */
  const cleanseSoon = (): void => {
    const current = (): boolean => !closed
    cleansed = cleansed
      .then(() => (current() ? cleanse({ replica, ground, current, beside }) : undefined))
      .catch(error =>
        guarded(() => {
          throw error
        })(),
      )
  }
  const beside = (): void => {
    blobs.tidy()
    deps.cleanBeside?.()
  }

  const tellApplied = ({ refused, erased }: Applied): void => {
    tellRefused(refused)
    if (erased.length > 0) {
      tell('erased', {
        customerIds: erased.flatMap(({ customerIds }) => customerIds),
        conversationIds: erased.flatMap(({ conversationIds }) => conversationIds),
      })
      cleanseSoon()
    }
  }

  // -------------------------------------------------------------------------------------------------- states

  const lockAfter = replica.db
    .prepare<[], number>("select doc ->> 'lockAfterDays' from workspace limit 1")
    .pluck()
  /** A desk that has not spoken to the hub for so long shows nothing until it has (S9). */
  const locked = (): boolean => {
    const { lastContactAt, offlineSince } = connection.standing
    if (lastContactAt === null || offlineSince === null) return false
    const days = lockAfter.get()
    return days !== undefined && ground.now() - lastContactAt > days * DAY
  }

  const state = (): DeskState => {
    const session = settings.get('session')
    const owner = settings.get('owner')
    const isLocked = session !== null && locked()
    return {
      phase: session === null ? 'signed-out' : isLocked ? 'locked' : 'signed-in',
      agentId: session?.agentId ?? null,
      deviceId: session?.deviceId ?? null,
      hubUrl: session?.hubUrl ?? owner?.hubUrl ?? null,
      email: session?.email ?? owner?.email ?? null,
      fault: isLocked ? fault('replica-locked') : null,
      notice: settings.get('notice'),
    }
  }

  /** Whether it locks, and which day it is that conditions count from. */
  const watchTime = (): void => {
    const day = dayOf(ground.now())
    cancelWatch()
    cancelWatch = ground.after(HOUR, look)
    function look(): void {
      changed()
      if (dayOf(ground.now()) !== day) live.refresh('everything')
      watchTime()
    }
    lookAtTime = look
  }

  return {
    replica,
    live,
    connection,
    tokens,
    uploads,
    attachments,
    cards,
    state,
    sync,
    barred() {
      const { phase: now } = state()
      return now === 'signed-out'
        ? fault('signed-out')
        : now === 'locked'
          ? fault('replica-locked')
          : undefined
    },
    preferences: () => settings.get('preferences'),
    cleansed: () => cleansed,
    afterChange: guarded(() => {
      live.flush()
      connection.push()
    }),
    start() {
      if (settings.get('cleansing')) cleanseSoon()
      forgetAlerts()
      if (settings.get('session') === null) return
      follow()
      connection.start()
      watchTime()
    },
    changed,
    awake() {
      lookAtTime()
      attention.woke()
      connection.wake()
    },
    close() {
      closed = true
      forgetAlerts()
      cancelLater()
      cancelWatch()
      upkeep.stop()
      uploads.stop()
      cards.stop()
      connection.stop()
      replica.close()
    },
  }
}
