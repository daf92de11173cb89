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

interface Wire {
  /** Tells the desk, once. */
  ended(): void
  session: Session | null
  /** Either end has let go; messages still on their way are lost. */
  cut: boolean
}

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
  /** Whether the network lets this desk through at all. */
  up = true

  constructor(time: VirtualTime, random: Random, doors: Doors, deviceId: string) {
    this.#time = time
    this.#random = random
    this.#doors = doors
    this.#deviceId = deviceId
  }

  readonly dial: Dial = (_to, listener) => {
    let over = false
    const wire: Wire = {
      session: null,
      cut: false,
      ended() {
        if (over) return
        over = true
        stop()
        listener.ended(undefined)
      },
    }
    this.#wire = wire
    const upward = this.#lane(wire)
    const downward = this.#lane(wire)
    upward(() => {
      wire.session = this.up
        ? this.#doors.open(this.#deviceId, {
            send: (name, message) => {
              const copy = structuredClone(message)
              downward(() => listener.message(name, copy))
            },
            close: () => downward(() => this.#end(wire)),
          })
        : null
      if (wire.session) downward(() => opened())
      else this.#end(wire)
    })
    // The real socket gives up an opening that nobody answers.
    const stop = this.#time.after(10_000, () => {
      this.#drop(wire)
      wire.ended()
    })
    const opened = (): void => {
      stop()
      listener.opened()
    }
    return {
      send: (name, message) => {
        const copy = structuredClone(message)
        upward(() => wire.session?.receive(name, copy))
      },
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
  #lane(wire: Wire): (deliver: () => void) => void {
    let last = this.#time.now
    return deliver => {
      last = Math.max(last, this.#time.now + this.#random.between(1, this.#random.next() < 0.05 ? 2000 : 60))
      this.#time.after(last - this.#time.now, () => {
        if (!wire.cut) deliver()
      })
    }
  }
}
