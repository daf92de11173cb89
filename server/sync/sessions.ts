/**
 * All desks connected to this hub. Hands on the hints of commits, looks at the stream heads every second (S30), and beats
 * only while the database answers (S25).
 */
import type { Id } from '#shared/model/base.ts'
import type { Stream } from '#shared/model/stream.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import { Followers } from './followers.ts'
import type { Ground, Scheduler } from './ground.ts'
import { type PresenceBoard, presenceBoard } from './presence.ts'
import type { After, RunDeps } from './run.ts'
import {
  Session,
  type SessionDeps,
  type SessionLimits,
  type SessionOwner,
  type SessionSocket,
} from './session.ts'

const POLL = 1_000
const HEARTBEATS_EVERY = 3 // polls
const PRESENCE_EVERY = 15 // polls
/** Of what concerns thousands of desks so much is done at a time; others get their turn in between. */
const STREAMS_AT_ONCE = 500
const DESKS_AT_ONCE = 250

export interface Sessions {
  /** A socket whose token was accepted. */
  open(owner: SessionOwner, socket: SessionSocket): Session
  gone(session: Session): void
  /** Ends what a device has open. */
  endDevice(deviceId: Id, reason: Fault): void
  readonly count: number
  /** Who looks and types where; also told of customers who are connected. */
  readonly presence: PresenceBoard
  /** Whether a desk that follows this stream is connected to this hub. */
  attended(stream: Stream): boolean
  close(): Promise<void>
}

export interface SessionsDeps extends RunDeps {
  newId: Ground['newId']
  after: After
  scheduler: Scheduler
  erasuresTold?: NonNullable<SessionDeps['erasuresTold']>
  limits?: Partial<SessionLimits>
}

export function createSessions(deps: SessionsDeps): Sessions {
  const open = new Set<Session>()
  const presence = presenceBoard(deps, deps.scheduler)
  let closed = false

  const live = () => [...open].filter(session => session.live)
  const followers = new Followers<Session>()
  const stopHints = deps.store.onCommit(streams => {
    for (const session of followers.of(streams)) session.hint(streams)
  })
  const breath = () => new Promise<void>(resolve => deps.scheduler.after(1, resolve))

  /** Looks where the streams stand: hints may be lost (S30). */
  const look = async (): Promise<void> => {
    for (const streams of batches(followers.streams, STREAMS_AT_ONCE)) {
      const behind = new Map<Session, Stream[]>()
      for (const head of await deps.store.heads(streams))
        for (const session of followers.of([head.stream]))
          if (session.isBehind(head)) behind.set(session, [...(behind.get(session) ?? []), head.stream])
      for (const [session, moved] of behind) session.hint(moved)
    }
  }

  const beat = async (): Promise<void> => {
    await deps.store.ping()
    const message = { now: deps.now() }
    for (const [index, sessions] of batches(live(), DESKS_AT_ONCE).entries()) {
      if (index > 0) await breath()
      for (const session of sessions) session.tell('heartbeat', message)
    }
  }

  let polls = 0
  let polling: Promise<void> = Promise.resolve()
  const poll = async (): Promise<void> => {
    polls += 1
    if (polls % PRESENCE_EVERY === 0) presence.beat()
    if (open.size === 0) return
    await look()
    if (polls % HEARTBEATS_EVERY === 1) await beat()
  }
  const tick = (): (() => void) =>
    deps.scheduler.after(POLL, () => {
      polling = poll()
        .catch(error => deps.log.warn({ error: String(error) }, 'the database did not answer the poll'))
        .then(() => {
          if (!closed) stopTick = tick()
        })
    })
  let stopTick = tick()

  const endDevice = (deviceId: Id, reason: Fault, but?: Session): void => {
    for (const session of open) if (session.deviceId === deviceId && session !== but) session.end(reason)
  }

  return {
    open(owner, socket) {
      const session = new Session(
        {
          ...deps,
          presence: (from, message) => {
            presence
              .set(from, message)
              .catch(error => deps.log.warn({ error: String(error) }, 'presence was not told'))
          },
          followed: session => {
            if (open.has(session)) followers.follow(session, session.streams)
          },
          arrived: arrived => {
            endDevice(
              arrived.deviceId,
              fault('hub-busy', { detail: 'another connection of this device' }),
              arrived,
            )
            presence.joined(arrived)
          },
        },
        owner,
        socket,
      )
      open.add(session)
      return session
    },
    gone(session) {
      session.closed()
      open.delete(session)
      followers.follow(session, new Set())
      presence.left(session)
    },
    endDevice: (deviceId, reason) => endDevice(deviceId, reason),
    presence,
    attended: stream => [...followers.of([stream])].some(session => session.live),
    get count() {
      return live().length
    },
    async close() {
      closed = true
      stopTick()
      stopHints()
      presence.close()
      for (const session of open) session.end(fault('hub-unreachable', { detail: 'the hub is closing' }))
      await polling
    },
  }
}

function batches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )
}
