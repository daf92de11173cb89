import type { Bytes } from './bytes.ts'

/** Names of fields come again and again; what else is a key (a name of a parameter) must not fill the memory. */
const MOST = 2000
const LONGEST = 64

/** Names of fields as bytes, each made once. */
export class Names {
  readonly #known = new Map<string, Buffer>()

  write(name: string, to: Bytes): void {
    const known = this.#known.get(name)
    if (known) {
      to.copy(known)
      return
    }
    const from = to.at
    to.string(name)
    if (this.#known.size < MOST && name.length <= LONGEST) this.#known.set(name, to.since(from))
  }
}
