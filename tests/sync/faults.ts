import { keyOf } from '#shared/model/row.ts'
import type { Down } from '#shared/protocol/down.ts'
import type { Dial, LinkListener } from '../../electron/core/sync/link.ts'
import type { MemoryBackup } from '../../server/store/memory/store.ts'
import type { Store, Transaction } from '../../server/store/store.ts'
import { MemoryDatabase } from './database.ts'
import type { SimulatedHub } from './hub.ts'
import type { Options } from './play.ts'
import type { Act, Step } from './story.ts'

/** Something broken on purpose, from outside: the simulation must notice, by the invariant that is there for it. */
export interface Fault {
  sentence: string
  /** The invariants that may catch it. */
  caughtBy: readonly string[]
  /** Without these steps, in this order, the fault cannot show. */
  needs?: readonly (Step['do'] | Act)[]
  /** Made anew for every story. */
  build(): Options
}

/** Changes what every transaction of a store can do. */
const transacting = (store: Store, change: (tx: Transaction) => Partial<Transaction>): Store => ({
  ...store,
  write: work => store.write(tx => work({ ...tx, ...change(tx) })),
})

const onHub = (change: (tx: Transaction) => Partial<Transaction>): Options => ({
  hub: { store: store => transacting(store, change) },
})

/** Every so many times true. */
const every = (count: number): (() => boolean) => {
  let times = 0
  return () => ++times % count === 0
}

type Hear = (name: keyof Down, payload: unknown, pass: LinkListener['message']) => void

/** Changes what a desk hears over one connection; what `hear` does not pass on is not heard. */
const hearing = (connected: () => Hear): Options => ({
  desk: {
    dial:
      (dial: Dial): Dial =>
      (to, listener) => {
        const hear = connected()
        return dial(to, {
          ...listener,
          message: (name, payload) => hear(name, payload, listener.message),
        })
      },
  },
})

const DURABLE_AFTER = 400

/** A database that calls committed what is not on the platter yet: a kill takes the last moments back. */
function forgetful(): Options {
  const kept: { at: number; backup: MemoryBackup }[] = []
  const keep = (hub: SimulatedHub): void => {
    if (!(hub.database instanceof MemoryDatabase)) return
    const { now } = hub
    while (kept.length > 1 && kept[1]!.at <= now - DURABLE_AFTER) kept.shift()
    if ((kept.at(-1)?.at ?? -1) < now) kept.push({ at: now, backup: hub.database.store.backup() })
  }
  return {
    hub: {
      store: (store, hub) => ({
        ...store,
        write(work) {
          keep(hub)
          return store.write(work)
        },
      }),
      async killed(hub) {
        const durable = kept.findLast(({ at }) => at <= hub.now - DURABLE_AFTER) ?? kept[0]
        if (durable && hub.database instanceof MemoryDatabase) hub.database.goBackTo(durable.backup)
        kept.length = 0
      },
    },
  }
}

export const faults: readonly Fault[] = [
  {
    sentence: 'the hub acknowledges before its commit is durable',
    caughtBy: ['I1', 'I3', 'I10'],
    needs: ['reply', 'kill-hub'],
    build: forgetful,
  },
  {
    sentence: 'the undo of an optimistic effect is lost',
    caughtBy: ['I5', 'I3'],
    build: () => ({
      desk: {
        replica: ({ db }) =>
          void db.exec(`create trigger lost_undo after insert on base when new.type = 'item' and new.doc is null
            begin delete from base where type = new.type and id = new.id; end`),
      },
    }),
  },
  {
    sentence: 'a page comes without the parents of its rows',
    caughtBy: ['I3'],
    build: () => ({
      hub: {
        store: store => ({
          ...store,
          async page(request) {
            const page = await store.page(request)
            return { ...page, rows: page.rows.filter(({ type }) => type !== 'customer') }
          },
        }),
      },
    }),
  },
  {
    sentence:
      'a stream’s counter is taken first, so that a change becomes visible below a version that was given out',
    caughtBy: ['I3', 'I5'],
    build: () => {
      const isLate = every(5)
      return {
        hub: {
          store: store => ({
            ...store,
            async pull(request) {
              const pulled = await store.pull(request)
              const late = pulled.rows.length > 0 && isLate() ? pulled.rows.at(-1)! : undefined
              if (!late) return pulled
              return {
                ...pulled,
                rows: pulled.rows.filter(row => row !== late),
                joins: pulled.joins.filter(join => keyOf(join) !== keyOf(late)),
              }
            },
          }),
        },
      }
    },
  },
  {
    sentence: 'an outcome is not stored',
    caughtBy: ['I10'],
    build: () => {
      const isLost = every(4)
      return onHub(tx => ({ putOutcome: (...outcome) => isLost() || tx.putOutcome(...outcome) }))
    },
  },
  {
    sentence: 'a number is used for two mutations',
    caughtBy: ['I1', 'I10', 'S12'],
    build: () => {
      const isOff = every(4)
      return onHub(tx => ({
        putDevice: device =>
          tx.putDevice(isOff() ? { ...device, lastN: Math.max(0, device.lastN - 1) } : device),
      }))
    },
  },
  {
    sentence: 'a mutation that is known by its id is run again',
    caughtBy: ['I1'],
    needs: ['reply', 'back-up', 'restore'],
    build: () => onHub(() => ({ outcomeOf: async () => undefined })),
  },
  {
    sentence: 'the rows of a stream that was taken away stay',
    caughtBy: ['I5'],
    needs: ['revoke'],
    build: () => {
      const seen = new Set<string>()
      return hearing(() => (name, payload, pass) => {
        if (name !== 'welcome') return pass(name, payload)
        const welcome = payload as Down['welcome']
        for (const stream of welcome.streams) seen.add(stream)
        // Agents of one story have the same inboxes but for their own streams.
        const kept = [...seen].filter(stream => !stream.startsWith('agent:')) as Down['welcome']['streams']
        pass(name, { ...welcome, streams: [...new Set([...welcome.streams, ...kept])] })
      })
    },
  },
  {
    sentence: 'permission is looked at once and believed ever after',
    caughtBy: ['I5'],
    needs: ['revoke'],
    build: () => {
      const believed = new Map<string, unknown>()
      return {
        hub: {
          store: store => ({
            ...store,
            read: async (type, ids) => {
              const word = `${type} ${ids.join(' ')}`
              if (type !== 'agent') return store.read(type, ids)
              if (!believed.has(word)) believed.set(word, await store.read(type, ids))
              return believed.get(word) as Awaited<ReturnType<typeof store.read<typeof type>>>
            },
          }),
        },
      }
    },
  },
  {
    sentence: 'an attempt to send is not recorded before it is made',
    caughtBy: ['I2'],
    needs: ['reply', 'kill-hub'],
    build: () =>
      onHub(tx => ({
        put(type, doc) {
          const { delivery } = doc as { delivery?: { state: string } }
          tx.put(
            type,
            type === 'item' && delivery?.state === 'sending'
              ? { ...doc, delivery: { ...delivery, state: 'queued' } }
              : doc,
          )
        },
      })),
  },
  {
    sentence: 'an uncertain message is tried again by itself',
    caughtBy: ['I2'],
    needs: ['post', 'reply'],
    build: () =>
      onHub(tx => ({
        put(type, doc) {
          const { delivery } = doc as { delivery?: { state: string; recipients: object[] } }
          if (type !== 'item' || delivery?.state !== 'uncertain') return tx.put(type, doc)
          const recipients = delivery.recipients.map(each => ({ ...each, state: 'queued' }))
          tx.put(type, { ...doc, delivery: { ...delivery, state: 'queued', recipients } })
          tx.job({ kind: 'deliver', key: doc.id, at: 0 })
        },
      })),
  },
  {
    sentence: 'a job is not made with its transaction',
    caughtBy: ['I10'],
    build: () => {
      const isLost = every(2)
      return onHub(tx => ({ job: job => (job.kind === 'deliver' && isLost() ? undefined : tx.job(job)) }))
    },
  },
  {
    sentence: 'a cursor is moved before its rows are there',
    caughtBy: ['I3', 'I5', 'I4'],
    needs: ['restart'],
    build: () =>
      hearing(() => {
        // The rows come with whatever comes next, if nothing happens in between.
        let behind: Down['patch'] | undefined
        return (name, payload, pass) => {
          if (behind) pass('patch', behind)
          behind = undefined
          const patch = payload as Down['patch']
          if (name !== 'patch' || patch.cursors.length === 0 || patch.acknowledged.length > 0)
            return pass(name, payload)
          pass(name, { ...patch, rows: [], joins: [], leaves: [], pages: [], coverage: [] })
          behind = { ...patch, cursors: [] }
        }
      }),
  },
  {
    sentence: 'a hold lets the closing through',
    caughtBy: ['S22'],
    needs: ['cut', 'customer', 'reply', 'close'],
    build: () =>
      onHub(tx => ({
        put(type, doc) {
          const { held } = doc as { held?: { along: { to: string }[] }[] }
          const isAsked = type === 'conversation' && held?.some(({ along }) => along.at(-1)?.to === 'closed')
          tx.put(type, isAsked ? { ...doc, status: 'closed' } : doc)
        },
      })),
  },
  {
    sentence: 'a mail that was taken in is not known again',
    caughtBy: ['S19'],
    needs: ['customer'],
    build: () => onHub(() => ({ name: () => undefined })),
  },
  {
    sentence: 'a restored hub begins no new epoch',
    caughtBy: ['I1', 'I2', 'I3', 'I4', 'I5', 'I10'],
    needs: ['back-up', 'reply', 'restore'],
    build: () => ({ hub: { restored: async () => undefined } }),
  },
  {
    sentence: 'a restored hub sends what its backup has as queued',
    caughtBy: ['I2'],
    needs: ['reply', 'back-up', 'restore'],
    build: () => ({ hub: { restored: (store, now) => store.renewEpochs(Math.floor(now / 1000)) } }),
  },
  {
    sentence: 'a restored hub sends a reply that it may have sent in the time it has lost',
    caughtBy: ['I2'],
    needs: ['back-up', 'reply', 'restore'],
    build: () => ({
      hub: { after: after => (tx, changes, context) => after(tx, changes, context, false) },
    }),
  },
  {
    sentence: 'the hub does not see that somebody is merged already',
    caughtBy: ['S26'],
    needs: ['merge', 'merge'],
    build: () =>
      onHub(tx => ({
        get(type, id) {
          const doc = tx.get(type, id)
          return doc && 'mergedInto' in doc ? { ...doc, mergedInto: null } : doc
        },
      })),
  },
]
