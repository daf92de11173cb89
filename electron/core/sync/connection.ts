import { laterNouns } from '#shared/model/row.ts'
import type { Down } from '#shared/protocol/down.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import type { Presence } from '#shared/protocol/up.ts'
import { protocolVersion } from '#shared/protocol/version.ts'
import { faultOf, isDamage } from '../fault-error.ts'
import { type Ground, turn } from '../ground.ts'
import type { Replica } from '../replica/replica.ts'
import type { Applied } from './apply.ts'
import { createApplying } from './applying.ts'
import { blocks, pauseBefore } from './backoff.ts'
import { createIncoming } from './incoming.ts'
import { createKnocking, type Reach } from './knocking.ts'
import type { Dial, Link } from './link.ts'
import { createOlder, type Older } from './older.ts'
import { createPushing } from './pushing.ts'
import { createStreams } from './streams.ts'
import type { Tokens } from './tokens.ts'

/** The hub beats every three seconds; silence for this long is no connection any more, whatever the socket believes (S25). */
const SILENCE = 15_000
/** After a sleep a connection that looks open must show so soon that it is: the hub's next beat is due before. */
const PROOF = 5_000
/** An attempt that has lasted so long when the network is back is begun anew: what it sent went nowhere. */
const OLD_ATTEMPT = 2_000
/** How often the time of the last contact is put on disk while nothing else happens. Milliseconds. */
const NOTE_CONTACT = 300_000
/** Erasures of one message: each may name thousands of letters. */
const ERASURES_AT_ONCE = 20

export interface Standing {
  phase: 'offline' | 'connecting' | 'catching-up' | 'live' | 'blocked'
  offlineSince: number | null
  lastContactAt: number | null
  currentAt: number | null
  retryAt: number | null
  progress: { done: number; total: number } | null
  fault: Fault | null
}

export interface ConnectionDeps {
  replica: Replica
  ground: Ground
  dial: Dial
  /** Without it nothing knocks; attempts alone find the hub again. */
  reach?: Reach | undefined
  tokens: Tokens
  /** The standing changed. */
  changed(): void
  /** A patch, or a piece of one, is in the replica. */
  applied(applied: Applied): void
  presence(message: Down['presence']): void
  /** The session is over by the hub's word; a person must sign in. */
  ended(reason: Fault): void
  /** The replica is damaged (S28). */
  damaged(error: unknown): void
}

export interface Connection {
  readonly standing: Standing
  readonly older: Older
  start(): void
  stop(): void
  /** Tries now: somebody asked, the network came back, the machine woke. */
  wake(): void
  /** There is something in the outbox. */
  push(): void
  presence(message: Presence): void
  /** The hub's clock as well as this desk knows it. */
  hubNow(): number
}

/**
 * The desk's end of the one ordered channel to the hub: hello, patches in order, pushes in order, and again after every
 * break. Pure but for what it is given, so that the simulation runs it.
 */
export function createConnection(deps: ConnectionDeps): Connection {
  const { replica, ground, tokens } = deps
  const { settings, sql } = replica
  const streams = createStreams(replica)
  const pushing = createPushing(replica)

  let running = false
  let attempt = 0
  let link: Link | undefined
  let open = false
  let begunAt = 0
  let failures = 0
  let renewed = false
  let cancelRetry = (): void => {}
  let cancelWatch = (): void => {}
  let heardAt = 0
  let welcomed = false
  let looksAt: Presence | undefined
  let noted = 0
  let covered = false
  let standing: Standing = {
    phase: 'offline',
    offlineSince: settings.get('lastContactAt') ?? ground.now(),
    lastContactAt: settings.get('lastContactAt'),
    currentAt: settings.get('currentAt'),
    retryAt: null,
    progress: null,
    fault: null,
  }

  const hubNow = (): number => ground.now() + settings.get('clockOffset')

  const stand = (change: Partial<Standing>): void => {
    standing = { ...standing, ...change }
    deps.changed()
  }

  const older = createOlder(
    replica,
    request => {
      if (!welcomed || !link) return false
      link.send('older', request)
      return true
    },
    () => deps.changed(),
  )

  // ---------------------------------------------------------------------------------------------- connecting

  const connect = async (): Promise<void> => {
    cancelRetry()
    if (!running || link) return
    const mine = ++attempt
    begunAt = ground.now()
    stand({ phase: 'connecting', retryAt: null })
    const session = await tokens.fresh().catch(error => ({ ok: false as const, fault: faultOf(error) }))
    if (mine !== attempt || !running) return
    if (!session.ok) return void failed(session.fault)
    link = deps.dial(
      { hubUrl: session.value.hubUrl, token: session.value.accessToken },
      {
        opened: () => mine === attempt && greet(session.value.deviceId),
        message: (name, payload) => {
          if (mine !== attempt) return
          heard()
          incoming.take(mine, name, payload)
        },
        ended: reason => {
          if (mine === attempt) ended(reason)
        },
      },
    )
  }

  const ended = (reason: Fault | undefined): void => {
    if (reason?.kind !== 'session-expired' || renewed) return void failed(reason)
    // The access token may only have aged: once with a new one.
    renewed = true
    tokens.spoilt()
    drop()
    void connect()
  }

  const drop = (): void => {
    attempt += 1
    link?.close()
    link = undefined
    open = false
    welcomed = false
    covered = false
    incoming.forget()
    cancelWatch()
    older.lost()
  }

  const failed = (reason: Fault | undefined): void => {
    drop()
    if (!running) return
    failures += 1
    const pause = pauseBefore(failures, reason, ground.random(), ground.now() - begunAt)
    const blocked = reason !== undefined && blocks(reason)
    stand({
      phase: blocked ? 'blocked' : 'offline',
      offlineSince: standing.offlineSince ?? standing.lastContactAt ?? ground.now(),
      retryAt: pause === null ? null : Math.round(ground.now() + pause),
      progress: null,
      fault: reason ?? null,
    })
    if (pause !== null) {
      cancelRetry = ground.after(pause, () => void connect())
      const hubUrl = settings.get('session')?.hubUrl
      if (hubUrl) knocking?.start(hubUrl)
    }
    if (reason && pause === null) deps.ended(reason)
  }

  /** Nothing of an attempt that may hang is waited for. */
  const anew = (): void => {
    tokens.giveUp()
    failed(undefined)
    failures = 0
    void connect()
  }

  const wake = (): void => {
    if (!running) return
    failures = 0
    if (open) {
      if (silence() > SILENCE / 3) anew()
      else watch(PROOF)
    } else if (standing.phase !== 'connecting') void connect()
    else if (Math.abs(ground.now() - begunAt) > OLD_ATTEMPT) anew()
  }
  const knocking = deps.reach && createKnocking(ground, deps.reach, wake)

  const greet = (deviceId: string): void => {
    open = true
    const numbers = settings.get('numbers')
    const known = sql.stream.all.all().filter(({ hidden, page }) => hidden === 0 && page !== '')
    link?.send('hello', {
      protocol: protocolVersion,
      deviceId,
      deviceEpoch: numbers?.deviceId === deviceId ? numbers.epoch : 0,
      cursors: known.map(({ stream, epoch, version }) => ({ stream: stream as never, epoch, version })),
      pages: known.flatMap(({ stream, page }) => (page ? [{ stream, token: page }] : [])),
      confirmed: numbers?.deviceId === deviceId ? numbers.confirmed : 0,
      takesErasures: true,
      knows: [...laterNouns],
    })
    heard()
    watch()
  }

  const heard = (): void => {
    heardAt = ground.now()
    const live = standing.phase === 'live'
    standing = { ...standing, lastContactAt: heardAt, ...(live ? { currentAt: heardAt } : {}) }
    if (Math.abs(heardAt - noted) < NOTE_CONTACT) return
    noted = heardAt
    guard(() => noteContact(live))
  }

  const noteContact = (current: boolean): void =>
    replica.transaction(() => {
      settings.set('lastContactAt', heardAt)
      if (current) settings.set('currentAt', heardAt)
    })

  /** How long nothing was heard. A clock that was set back says nothing about that: counting begins anew. */
  const silence = (): number => {
    heardAt = Math.min(heardAt, ground.now())
    return ground.now() - heardAt
  }

  /** @param limit until something was heard after this; then as always */
  const watch = (limit = SILENCE): void => {
    const mine = attempt
    const since = heardAt
    cancelWatch()
    cancelWatch = ground.after(Math.min(limit, SILENCE / 3), () => {
      if (mine !== attempt) return
      if (silence() >= (heardAt === since ? limit : SILENCE)) return void failed(fault('hub-unreachable'))
      watch()
    })
  }

  // ------------------------------------------------------------------------------------------------- messages

  const incoming = createIncoming({
    ground,
    attempt: () => attempt,
    // Changes that are pending on a conversation are done again above every patch that brings something of it.
    joining: () => sql.outbox.any.get() !== undefined,
    bad: name => failed(fault('internal', { detail: `bad ${name}` })),
    threw: (mine, error) => {
      if (mine === attempt || isDamage(error)) broken(error)
    },
    welcome: (mine, message) => welcome(mine, message),
    patches: (mine, messages) => patches(mine, messages),
    pushRefused: message => refused(message),
    presence: deps.presence,
    // At once: the socket closes behind it.
    goodbye: reason => ended(reason),
  })

  const broken = (error: unknown): void => {
    if (isDamage(error)) deps.damaged(error)
    failed(faultOf(error))
  }

  const guard = (run: () => void): void => {
    try {
      run()
    } catch (error) {
      broken(error)
    }
  }

  const welcome = async (mine: number, message: Down['welcome']): Promise<void> => {
    const session = settings.get('session')
    if (!session) return
    replica.transaction(() => {
      settings.set('clockOffset', message.now - ground.now())
      settings.set('lastContactAt', ground.now())
    })
    noted = ground.now()
    // A hub that was restored from a backup may have lost its memory of who was erased (S5).
    if (message.resync.length > 0 || settings.get('numbers')?.epoch !== message.deviceEpoch) tellErasures()
    if (welcomed) pushing.agree(session.deviceId, message)
    else pushing.begin(session.deviceId, message, hubNow())

    const mayRead = new Set<string>(message.streams)
    const held = sql.stream.all.all()
    const lost = held.filter(({ stream, hidden }) => hidden === 0 && !mayRead.has(stream))
    const again = message.resync.filter(stream => held.some(row => row.stream === stream))
    if (lost.length + again.length > 0) streams.hide([...lost.map(({ stream }) => stream as never), ...again])
    // What comes again must find its place empty; what is only gone is purged when there is time.
    for (const stream of streams.hidden())
      if (mayRead.has(stream)) while (mine === attempt && streams.purge(stream)) await turn(ground)
    if (mine !== attempt) return
    welcomed = true
    // The hub forgot with the connection where one looks (S24).
    if (looksAt) link?.send('presence', looksAt)
    knocking?.stop()
    failures = 0
    renewed = false
    stand({
      phase: 'catching-up',
      offlineSince: null,
      retryAt: null,
      fault: null,
      progress: { done: 0, total: message.expected },
    })
    pump()
    void purge()
  }

  const tellErasures = (): void => {
    const all = replica.erased.all()
    for (let from = 0; from < all.length; from += ERASURES_AT_ONCE)
      link?.send('erasures', { erasures: all.slice(from, from + ERASURES_AT_ONCE) })
  }

  const applying = createApplying(replica, ground, hubNow, applied => {
    if (applied.uncovered.length > 0) covered = false
    deps.applied(applied)
  })

  const patches = async (mine: number, messages: [Down['patch'], ...Down['patch'][]]): Promise<void> => {
    const end = await applying.apply(messages, () => mine === attempt)
    if (mine !== attempt || end === 'left') return
    if (end === 'lost') return void failed(fault('disk-full'))
    const confirmed = settings.get('numbers')?.confirmed ?? 0
    for (const message of messages) {
      pushing.answered(message)
      link?.send('stored', { patch: message.patch, confirmed })
      if (message.answers !== undefined) older.answered(message.answers)
      advance(message)
    }
    pump()
  }

  const advance = ({ rows, remaining, answers }: Down['patch']): void => {
    if (standing.phase === 'live' && remaining > 0 && answers === undefined)
      stand({ phase: 'catching-up', progress: { done: 0, total: remaining } })
    if (standing.phase === 'catching-up') {
      const done = (standing.progress?.done ?? 0) + rows.length
      if (remaining > 0) stand({ progress: { done, total: done + remaining } })
      else if (answers === undefined) {
        // Makes all that came before durable.
        guard(() => noteContact(true))
        stand({ phase: 'live', progress: null, currentAt: heardAt })
      }
    }
    if (standing.phase !== 'live') return
    if (!covered) {
      covered = true
      void fillIn()
    }
  }

  const refused = (message: Down['pushRefused']): void => {
    if (pushing.refused(message)) pump()
    else failed(undefined)
  }

  const pump = (): void => {
    if (welcomed) guard(() => pushing.pump(push => link?.send('push', push)))
  }

  // -------------------------------------------------------------------------------------------- in quiet times

  /** What was lost goes, with or without a connection (S9). */
  const purge = async (): Promise<void> => {
    try {
      for (const stream of streams.hidden()) while (running && streams.purge(stream)) await turn(ground)
    } catch (error) {
      if (running) broken(error)
    }
  }

  /** Fetches whole the conversations that came by the feed without their past (S6). */
  const fillIn = async (): Promise<void> => {
    const mine = attempt
    const current = (): boolean => mine === attempt && welcomed
    try {
      for (const id of sql.coverage.missing.all()) {
        while (current()) {
          const result = await older.load(id)
          const from = sql.coverage.read.get(id)
          if (!result.ok || from === undefined || from <= 1) break
        }
        if (!current()) return
        await turn(ground)
      }
    } catch (error) {
      if (current()) broken(error)
    }
  }

  return {
    get standing() {
      return standing
    },
    older,
    start() {
      if (running) return
      running = true
      failures = 0
      void purge()
      void connect()
    },
    stop() {
      running = false
      cancelRetry()
      knocking?.stop()
      drop()
      stand({
        phase: 'offline',
        offlineSince: standing.offlineSince ?? standing.lastContactAt ?? ground.now(),
        retryAt: null,
        progress: null,
        fault: null,
      })
    },
    wake,
    push: pump,
    presence(message) {
      looksAt = { ...message, typing: false }
      if (welcomed) link?.send('presence', message)
    },
    hubNow,
  }
}
