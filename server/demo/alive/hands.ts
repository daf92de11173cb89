import { uuidv7 } from 'uuidv7'
import type { MutationArgs, MutationName } from '#shared/mutations/index.ts'
import { after } from '../../effects/after.ts'
import type { Store } from '../../store/store.ts'
import type { Log } from '../../sync/ground.ts'
import { run } from '../../sync/run.ts'
import { replyNow } from '../acts.ts'

/**
 * The hands of one colleague: mutations by a device of theirs, decided by the hub as those of every desk are. A refusal is a
 * thing of everyday (somebody else was quicker), so it is answered and not thrown.
 */
export class Hands {
  readonly agentId: string
  readonly #store: Store
  readonly #log: Log
  readonly #deviceId: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(store: Store, log: Log, agentId: string) {
    this.#store = store
    this.#log = log
    this.agentId = agentId
    this.#deviceId = `demo-live-${agentId}`
  }

  /** @returns whether it was done */
  act<N extends MutationName>(name: N, args: MutationArgs<N>): Promise<boolean> {
    const done = this.#last.then(() => this.#push(name, args))
    this.#last = done.catch(() => undefined)
    return done
  }

  /**
   * @param names hears, before it is sent, by which names its customer will know it: item id, Message-ID
   * @returns whether it was sent; not when it was refused or held
   */
  async reply(conversationId: string, text: string, names: (names: string[]) => void): Promise<boolean> {
    const { args, messageId } = await replyNow(this.#store, conversationId, text, Date.now())
    names([args.id, messageId])
    return this.act('reply.send', args)
  }

  async #push<N extends MutationName>(name: N, args: MutationArgs<N>): Promise<boolean> {
    const { agentId } = this
    const id = uuidv7()
    const device = await this.#store.write(async tx => {
      const known = await tx.device(this.#deviceId)
      if (known) return known
      const made = {
        id: this.#deviceId,
        agentId,
        name: 'Demonstration',
        platform: '',
        epoch: 1,
        lastN: 0,
        confirmed: 0,
        revoked: false,
      }
      tx.putDevice(made)
      return made
    })
    const n = device.lastN + 1
    const deps = { store: this.#store, now: Date.now, after, log: this.#log }
    const push = { deviceEpoch: device.epoch, mutations: [{ n, id, name, args }] }
    const result = await run(deps, { agentId, deviceId: this.#deviceId }, push, device.lastN)
    if (result.kind !== 'ran') return false
    const outcome = await this.#store.write(tx => tx.outcomeOf(id))
    return outcome?.kind === 'done'
  }
}
