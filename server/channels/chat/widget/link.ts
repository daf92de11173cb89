/**
 * The line to the hub: comes back by itself, sooner when the browser says that the network is there or the page is looked at
 * again, and does not trust a silence: phones and sleeping laptops keep dead sockets that look open.
 */
import { Down, read, type Up } from '../protocol.ts'

export interface LinkDeps {
  url: string
  open(url: string): WebSocket
  /** First words of every connection. */
  hello(): Up
  hear(message: Down): void
  /** The line came, or went. */
  turned(up: boolean): void
}

const FIRST = 400
const LONGEST = 20_000
const SILENCE = 25_000
const ANSWER = 6_000

export class Link {
  readonly #deps: LinkDeps
  #socket: WebSocket | undefined
  #again: ReturnType<typeof setTimeout> | undefined
  #watch: ReturnType<typeof setInterval> | undefined
  #heard = 0
  #asked = 0
  #tries = 0
  #stopped = true

  constructor(deps: LinkDeps) {
    this.#deps = deps
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === 1
  }

  start(): void {
    if (!this.#stopped) return
    this.#stopped = false
    this.#watch = setInterval(() => this.#look(), 2_000)
    this.#dial()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#again)
    clearInterval(this.#watch)
    this.#drop()
  }

  /** The browser says something changed: the network, or somebody looks. */
  nudge(): void {
    if (this.#stopped) return
    if (this.#socket === undefined) {
      clearTimeout(this.#again)
      this.#tries = 0
      this.#dial()
    } else if (this.isOpen && this.#asked === 0) {
      this.#asked = Date.now()
      this.send({ t: 'beat' })
    }
  }

  send(message: Up): boolean {
    if (!this.isOpen) return false
    this.#socket?.send(JSON.stringify(message))
    return true
  }

  /** Ends this connection; the next comes after so many milliseconds, or never. */
  pause(again: number | null): void {
    this.#drop()
    if (again === null) this.stop()
    else this.#later(again)
  }

  #dial(): void {
    this.#again = undefined
    let socket: WebSocket
    try {
      socket = this.#deps.open(this.#deps.url)
    } catch {
      return void this.#later(this.#wait())
    }
    this.#socket = socket
    this.#heard = Date.now()
    this.#asked = 0
    socket.onopen = () => {
      if (socket === this.#socket) this.send(this.#deps.hello())
    }
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket || typeof data !== 'string') return
      this.#heard = Date.now()
      this.#asked = 0
      const message = read(Down, data)
      if (!message) return // a newer hub may say more than this widget knows
      if (message.t === 'welcome') {
        this.#tries = 0
        this.#deps.turned(true)
      }
      this.#deps.hear(message)
    }
    socket.onclose = socket.onerror = () => {
      if (socket !== this.#socket) return
      this.#drop()
      if (!this.#stopped) this.#later(this.#wait())
    }
  }

  #look(): void {
    if (this.#socket === undefined) return
    const silent = Date.now() - this.#heard > SILENCE
    const deaf = this.#asked > 0 && Date.now() - this.#asked > ANSWER
    if (!silent && !deaf) return
    this.#drop()
    this.#later(0)
  }

  #drop(): void {
    const socket = this.#socket
    if (!socket) return
    this.#socket = undefined
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null
    socket.close()
    this.#deps.turned(false)
  }

  #later(wait: number): void {
    clearTimeout(this.#again)
    this.#again = setTimeout(() => this.#dial(), wait)
  }

  /** Twice as long each time, and never all visitors at once after a restart of the hub. */
  #wait(): number {
    const wait = Math.min(LONGEST, FIRST * 2 ** this.#tries++)
    return wait / 2 + Math.random() * (wait / 2)
  }
}
