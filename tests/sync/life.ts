import type { Store } from '../../server/store/store.ts'

/** One run of the hub's program. When it is killed, nothing it was waiting for ever answers it. */
export interface Life {
  alive: boolean
}

/**
 * The database as one run of the hub sees it: every question takes a moment before it is asked and a moment before its answer
 * is there, so that others come in between, and a kill may hit before the commit or between the commit and its answer.
 */
export function seenFrom(store: Store, life: Life, moment: () => Promise<void> | undefined): Store {
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    await moment()
    if (!life.alive) return never()
    const answer = await question()
    await moment()
    return life.alive ? answer : never()
  }
  return {
    write: work => ask(() => store.write(work)),
    pull: request => ask(() => store.pull(request)),
    page: request => ask(() => store.page(request)),
    olderItems: (...args) => ask(() => store.olderItems(...args)),
    heads: streams => ask(() => store.heads(streams)),
    read: (type, ids) => ask(() => store.read(type, ids)),
    readWithin: (...args) => ask(() => store.readWithin(...args)),
    all: (...args) => ask(() => store.all(...args)),
    named: name => ask(() => store.named(name)),
    namedAll: names => ask(() => store.namedAll(names)),
    events: (...args) => ask(() => store.events(...args)),
    brokenEvent: () => ask(() => store.brokenEvent()),
    purge: (...args) => ask(() => store.purge(...args)),
    renewEpochs: atLeast => ask(() => store.renewEpochs(atLeast)),
    ping: () => ask(() => store.ping()),
    onCommit: listener => store.onCommit(streams => life.alive && listener(streams)),
    tellHubs: words => life.alive && store.tellHubs(words),
    onTold: listener => store.onTold(words => life.alive && listener(words)),
    close: async () => undefined,
  }
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined)
