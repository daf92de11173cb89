/**
 * Files on their way to the hub, one after the other, and files fetched from it. A chosen file lives as long as the page: no
 * browser keeps it for us. Until the hub has it, it can be tried again; it is a message with an id of its own, so it is there
 * once however often it is brought (C1).
 */
import type { ChatFile, Credentials, Whereabouts } from '../protocol.ts'
import type { Answer, Post } from './requests.ts'

export interface Who {
  name: string
  email: string
  form: boolean
}

/** One chosen file. */
export interface Going {
  readonly id: string
  readonly file: File
  readonly writtenAt: number
  readonly who: Who
  /** What it goes with, by its id: then it waits until that has been taken. */
  readonly letter: string | null
  /** How much has gone, from 0 to 1. */
  part: number
  state: 'waiting' | 'sent' | 'refused'
  /** Why it was refused, by the hub's word. */
  why: string
}

export interface FilesDeps {
  post: Post
  credentials(): Credentials
  at(): Whereabouts
  changed(): void
  /** What has become of words that were written here. */
  taken(id: string): 'waiting' | 'as a letter' | 'in the chat'
  /** The hub has a file of a letter, which the chat does not show. */
  mailed(letter: string, file: File): void
}

const TRY_AGAIN = 3_000
const OWN = 20

export class Files {
  readonly #deps: FilesDeps
  readonly #going = new Map<string, Going>()
  /** The newest of this page's own, so that they need not be fetched to be shown. */
  readonly #own = new Map<string, File>()
  #busy = false
  #restUntil = 0

  constructor(deps: FilesDeps) {
    this.#deps = deps
  }

  get all(): Going[] {
    return [...this.#going.values()]
  }

  add(id: string, file: File, writtenAt: number, who: Who, letter: string | null): void {
    this.#going.set(id, { id, file, writtenAt, who, letter, part: 0, state: 'waiting', why: '' })
    this.go()
  }

  /** Sends what waits. Called whenever there may be a way. */
  go(): void {
    const { taken } = this.#deps
    const next = this.all.find(
      ({ state, letter }) => state === 'waiting' && (letter === null || taken(letter) !== 'waiting'),
    )
    if (!next || this.#busy || Date.now() < this.#restUntil) return
    this.#busy = true
    void this.#send(next).finally(() => {
      this.#busy = false
      this.#deps.changed()
      this.go()
    })
  }

  retry(id: string): void {
    const one = this.#going.get(id)
    if (!one) return
    Object.assign(one, { state: 'waiting', part: 0, why: '' })
    this.#restUntil = 0
    this.go()
  }

  /** With all that was to go with it. */
  discard(id: string): void {
    for (const one of this.all) if (one.id === id || one.letter === id) this.#going.delete(one.id)
  }

  /** The hub shows it: it is a message like any other now. */
  shown(id: string): void {
    const one = this.#going.get(id)
    if (!one) return
    this.#going.delete(id)
    this.#own.set(id, one.file)
    for (const [oldest] of this.#own) if (this.#own.size > OWN) this.#own.delete(oldest)
  }

  /** The bytes of a file of a message; null: they cannot be had now. */
  async fetch(item: string, said: string | null, { sha256 }: ChatFile): Promise<Blob | null> {
    const own = said === null ? undefined : this.#own.get(said)
    if (own) return own
    const asked = JSON.stringify({ ...this.#deps.credentials(), item, sha256 })
    const { status, body } = await this.#deps.post('file/of', asked)
    return status === 200 ? body : null
  }

  async #send(one: Going): Promise<void> {
    const { id, file, writtenAt, who } = one
    const letter = one.letter !== null && this.#deps.taken(one.letter) === 'as a letter' ? one.letter : null
    const say = { t: 'say', id, text: '', writtenAt, ...who, at: this.#deps.at() }
    const head = JSON.stringify({
      ...this.#deps.credentials(),
      say,
      name: file.name,
      ...(letter === null ? {} : { letter }),
    })
    const answer = await this.#deps.post('file', new Blob([head, '\n', file]), part => {
      one.part = part
      this.#deps.changed()
    })
    if (!this.#going.has(id)) return
    const { why, again } = await wordOf(answer)
    if (answer.status === 200 && letter !== null) {
      this.#going.delete(id)
      this.#deps.mailed(letter, file)
    } else if (answer.status === 200) one.state = 'sent'
    else if (answer.status === 429 || answer.status === 0 || answer.status >= 500)
      this.#restUntil = Date.now() + (again ?? TRY_AGAIN)
    else Object.assign(one, { state: 'refused', why })
  }
}

async function wordOf({ status, body }: Answer): Promise<{ why: string; again: number | undefined }> {
  try {
    const { why, again } = JSON.parse(await body.text()) as { why?: unknown; again?: unknown }
    return { why: String(why ?? status), again: typeof again === 'number' ? again : undefined }
  } catch {
    return { why: String(status), again: undefined }
  }
}
