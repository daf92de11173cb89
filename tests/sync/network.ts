import type { Dial } from '../../electron/core/sync/link.ts'
import type { Random } from '../../server/demo/random.ts'
import type { Session, SessionSocket } from '../../server/sync/session.ts'
import type { VirtualTime } from './virtual-time.ts'

/** The hub's end of connections. */
export interface Doors {
  /** Null: the hub is not running. */
  open(deviceId: string, socket: SessionSocket): Session | null
  gone(session: Session): void
}

/**
 * What the network lets through. `deaf`: the desk reaches the hub and hears nothing; `mute`: the other way round. In these
 * two nothing is lost, as TCP would send it again: it waits, unless an end gives up meanwhile.
 */
export type Way = 'open' | 'closed' | 'deaf' | 'mute'

interface Wire {
  /** Tells the desk, once. */
  ended(): void
  session: Session | null
  /** Either end has let go; messages still on their way are lost. */
  cut: boolean
  /** Lets through what waited. */
  flow(): void
  /** Messages on their way. */
  underWay(): number
}

/** The real hub ends a connection whose desk has not answered its ping for so long (gateway.ts). Milliseconds. */
const PING_TIMEOUT = 20_000
/** The real socket gives up an opening that nobody answers. */
const OPEN_TIMEOUT = 10_000

/**
 * The line of one desk. Every message takes its own time but never overtakes another of its direction, as on a websocket;
 * when the line is cut, what is on its way is lost, and each end learns of it when it learns of it.
 */
export class Line {
  readonly #time: VirtualTime
  readonly #random: Random
  readonly #doors: Doors
  readonly #deviceId: string
  #wire: Wire | undefined
  #way: Way = 'open'

  constructor(time: VirtualTime, random: Random, doors: Doors, deviceId: string) {
    this.#time = time
    this.#random = random
    this.#doors = doors
    this.#deviceId = deviceId
  }

  get way(): Way {
    return this.#way
  }

  set way(way: Way) {
    this.#way = way
    const wire = this.#wire
    if (!wire || wire.cut) return
    if (way === 'closed') this.cut()
    else wire.flow()
    if (way === 'mute')
      this.#time.after(PING_TIMEOUT, () => {
        if (this.#way === 'mute' && this.#wire === wire) this.#end(wire)
      })
  }

  /** Whether there is a line and nothing but signs of life is on its way. */
  get quiet(): boolean {
    return this.#wire !== undefined && !this.#wire.cut && this.#wire.underWay() === 0
  }

  readonly dial: Dial = (_to, listener) => {
    let over = false
    const upward = this.#lane(() => wire, 'mute')
    const downward = this.#lane(() => wire, 'deaf')
    const wire: Wire = {
      session: null,
      cut: false,
      flow() {
        upward.flow()
        downward.flow()
      },
      underWay: () => upward.underWay() + downward.underWay(),
      ended() {
        if (over) return
        over = true
        stop()
        listener.ended(undefined)
      },
    }
    this.#wire = wire
    upward.send(() => {
      if (this.#way === 'closed') return this.#end(wire)
      wire.session = this.#doors.open(this.#deviceId, {
        send: (name, message) =>
          downward.send(() => listener.message(name, message), name !== 'heartbeat' && name !== 'presence'),
        close: () => downward.send(() => this.#end(wire)),
      })
      if (wire.session) downward.send(opened)
      else this.#end(wire)
    })
    const stop = this.#time.after(OPEN_TIMEOUT, () => {
      this.#drop(wire)
      wire.ended()
    })
    const opened = (): void => {
      stop()
      listener.opened()
    }
    return {
      send: (name, message) => upward.send(() => wire.session?.receive(name, message)),
      close: () => {
        over = true
        stop()
        this.#drop(wire)
      },
    }
  }

  /** The line breaks now. The desk learns of it at once or only by silence; the hub a while later. */
  cut(): void {
    const wire = this.#wire
    if (!wire || wire.cut) return
    if (this.#random.next() < 0.7) this.#end(wire)
    else this.#drop(wire)
  }

  #end(wire: Wire): void {
    if (wire.cut) return
    this.#drop(wire)
    wire.ended()
  }

  #drop(wire: Wire): void {
    if (wire.cut) return
    wire.cut = true
    const { session } = wire
    if (session) this.#time.after(this.#random.between(0, 3000), () => this.#doors.gone(session))
  }

  /** One direction: in order, each message with a delay of its own. */
  #lane(wireOf: () => Wire, barredWhen: Way): Lane {
    let last = this.#time.now
    const waiting: (() => void)[] = []
    let underWay = 0
    const flow = (): void => {
      while (waiting.length > 0 && this.#way !== barredWhen && !wireOf().cut) waiting.shift()!()
    }
    return {
      flow,
      underWay: () => underWay,
      send: (deliver, counts = true) => {
        const { now } = this.#time
        if (counts) underWay += 1
        last = Math.max(last, now + this.#random.between(1, this.#random.next() < 0.05 ? 2000 : 60))
        this.#time.after(last - now, () => {
          waiting.push(() => {
            if (counts) underWay -= 1
            deliver()
          })
          flow()
        })
      },
    }
  }
}

interface Lane {
  send(deliver: () => void, counts?: boolean): void
  underWay(): number
  flow(): void
}
