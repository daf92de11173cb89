import type { Id } from '#shared/model/base.ts'
import { failed, ok, type Result } from '#shared/protocol/fault.ts'
import type { Up } from '#shared/protocol/up.ts'
import type { Replica } from '../replica/replica.ts'

/** Items of a conversation that were not sent at first (S6): asked for by a person, or because a whole conversation came by. */
export interface Older {
  /** Fetches the next part before what is here. Done at once when all is here. */
  load(conversationId: Id): Promise<Result<null>>
  /** Conversations under way. */
  loading(): ReadonlySet<Id>
  /** The answer to a request has been stored. */
  answered(request: number): void
  /** The connection is gone, and every request with it. */
  lost(): void
}

interface Request {
  conversationId: Id
  done: Promise<Result<null>>
  finish(result: Result<null>): void
}

/** @param send sends a request; false when there is no connection */
export function createOlder(
  replica: Replica,
  send: (request: Up['older']) => boolean,
  changed: () => void,
): Older {
  const requests = new Map<number, Request>()
  const loading = new Set<Id>()
  let last = 0

  const end = (id: number, result: Result<null>): void => {
    const request = requests.get(id)
    if (!request) return
    requests.delete(id)
    loading.delete(request.conversationId)
    changed()
    request.finish(result)
  }

  return {
    load(conversationId) {
      for (const request of requests.values())
        if (request.conversationId === conversationId) return request.done
      const conversation = replica.tables.get('conversation', conversationId)
      if (!conversation) return Promise.resolve(failed('not-found'))
      const { read, lowest } = replica.sql.coverage
      const from = read.get(conversationId) ?? lowest.get(conversationId) ?? conversation.lastSeq + 1
      if (from <= 1) {
        replica.transaction(() => replica.sql.coverage.write.run(conversationId, 1))
        return Promise.resolve(ok(null))
      }
      last += 1
      if (!send({ request: last, conversationId, beforeSeq: from }))
        return Promise.resolve(failed('hub-unreachable'))
      const { promise: done, resolve: finish } = Promise.withResolvers<Result<null>>()
      requests.set(last, { conversationId, done, finish })
      loading.add(conversationId)
      changed()
      return done
    },
    loading: () => loading,
    answered: id => end(id, ok(null)),
    lost() {
      for (const id of [...requests.keys()]) end(id, failed('hub-unreachable'))
    },
  }
}
