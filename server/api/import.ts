/** Putting in many customers (shared/protocol/import.ts): for those who lead the team, each their own. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Id } from '#shared/model/base.ts'
import { type CustomerField, customerFields } from '#shared/model/customer-field.ts'
import { problemOf } from '#shared/model/field-value.ts'
import { leads } from '#shared/mutations/mutation.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import {
  ImportCommit,
  type ImportLine,
  ImportPlan,
  type ImportRow,
  ImportRows,
  type ImportState,
  ROW_CHARACTERS,
  ROWS_AT_ONCE,
  type RowProblem,
} from '#shared/protocol/import.ts'
import type { Auth } from '../auth/sign-in.ts'
import type { Bearer } from '../auth/tokens.ts'
import { type CommitDeps, commit, doneBy } from '../import/commit.ts'
import { match } from '../import/match.ts'
import type { Staged } from '../import/staging.ts'
import type { Log } from '../sync/ground.ts'
import { answerFault, bearerOf, parseBody } from './answers.ts'
import { answerLines } from './lines.ts'

export interface ImportRouteDeps extends CommitDeps {
  auth: Auth
  log: Log
}

/** Rows that nobody put in are forgotten after so long. Milliseconds. */
const KEPT = 7 * 86_400_000

export function addImportRoutes(app: FastifyInstance, deps: ImportRouteDeps): void {
  const { store, staging, auth, log, now } = deps
  /** Commits under way: who asks twice gets one of them. */
  const underWay = new Set<Id>()

  /** Runs `work` for one who leads the team and sent a body that fits; answers everybody else. */
  const forLeads =
    <Body>(
      body: z.ZodType<Body>,
      work: (given: { by: Bearer; body: Body; reply: FastifyReply; id: Id }) => Promise<unknown>,
    ) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const bearer = await bearerOf(auth, request)
      if ('fault' in bearer) return answerFault(reply, bearer.fault)
      const [agent] = await store.read('agent', [bearer.value.agentId])
      if (!agent?.active || !leads.includes(agent.role)) return answerFault(reply, fault('forbidden'))
      const parsed = parseBody(body, request)
      if ('fault' in parsed) return answerFault(reply, parsed.fault)
      const { id = '' } = request.params as { id?: Id }
      return work({ by: bearer.value, body: parsed.value, reply, id })
    }

  /** The same, for an import that they began. */
  const forOwner = <Body>(
    body: z.ZodType<Body>,
    work: (given: { staged: Staged; by: Bearer; body: Body; reply: FastifyReply }) => Promise<unknown>,
  ) =>
    forLeads(body, async ({ id, by, body: given, reply }) => {
      const staged = await staging.find(id)
      if (staged?.agentId !== by.agentId) return answerFault(reply, fault('not-found'))
      return work({ staged, by, body: given, reply })
    })

  const stateOf = async (id: Id): Promise<ImportState> => ({
    rows: (await staging.find(id))?.rows ?? 0,
    done: await doneBy(deps, id),
  })

  const lines = (reply: FastifyReply, work: (tell: (line: ImportLine) => void) => Promise<void>) =>
    answerLines(reply, { log, what: 'an import' }, tell => work(line => tell(line)))

  app.addHook('onReady', () => staging.dropBefore(now() - KEPT))

  app.post(
    '/v1/imports',
    forLeads(ImportPlan, async ({ by, body, reply }) => {
      await staging.dropBefore(now() - KEPT)
      await staging.begin(body.id, by.agentId, body, now())
      const staged = await staging.find(body.id)
      if (staged?.agentId !== by.agentId) return answerFault(reply, fault('not-found'))
      return stateOf(body.id)
    }),
  )

  app.get(
    '/v1/imports/:id',
    forOwner(z.unknown(), ({ staged }) => stateOf(staged.id)),
  )

  app.post(
    '/v1/imports/:id/rows',
    // Four bytes a character at the most.
    { bodyLimit: 4 * ROW_CHARACTERS + 1000 },
    forOwner(ImportRows, async ({ staged, body, reply }) => {
      const { from, rows } = body
      if (from + rows.length > staged.plan.rows) return answerFault(reply, invalid('rows'))
      const [workspace] = await store.all('workspace')
      const wrong = firstWrong(rows, customerFields(workspace))
      if (wrong) return answerFault(reply, wrong)
      await staging.add(staged.id, from, rows)
      return stateOf(staged.id)
    }),
  )

  app.post(
    '/v1/imports/:id/check',
    forOwner(z.unknown(), async ({ staged, reply }) => {
      if (staged.rows < staged.plan.rows) return answerFault(reply, invalid('rows'))
      return lines(reply, async tell => {
        const total = staged.rows
        const { report, problems } = await match(deps, staged, done => tell({ t: 'progress', done, total }))
        for (const some of pieces(problems)) tell({ t: 'problems', problems: some })
        tell({ t: 'report', report })
      })
    }),
  )

  app.post(
    '/v1/imports/:id/commit',
    forOwner(ImportCommit, async ({ staged, by, body, reply }) => {
      const { id } = staged
      const complete = staged.rows === staged.plan.rows || (await doneBy(deps, id)) !== null
      if (!complete) return answerFault(reply, invalid('rows'))
      if (underWay.has(id)) return answerFault(reply, fault('hub-busy'))
      underWay.add(id)
      return lines(reply, async tell => {
        const given = { part: body.part, deviceId: by.deviceId }
        const done = await commit(deps, staged, given, (rows, total) =>
          tell({ t: 'progress', done: rows, total }),
        )
        log.info({ import: id, ...done.report }, done.done ? 'customers put in' : 'an import has wrong rows')
        if (!done.done) for (const some of pieces(done.problems)) tell({ t: 'problems', problems: some })
        tell({ t: done.done ? 'done' : 'report', report: done.report })
      }).finally(() => underWay.delete(id))
    }),
  )

  app.delete(
    '/v1/imports/:id',
    forOwner(z.unknown(), async ({ staged, reply }) => {
      if (underWay.has(staged.id)) return answerFault(reply, fault('hub-busy'))
      if ((await doneBy(deps, staged.id)) === null) await staging.drop(staged.id)
      return reply.status(204).send()
    }),
  )
}

const invalid = (field: string): Fault => fault('invalid', { params: { field } })

/** A desk has checked every value; what does not fit here comes from another one, or from before a field was changed. */
function firstWrong(rows: readonly ImportRow[], fields: readonly CustomerField[]): Fault | undefined {
  const byId = new Map(fields.map(field => [field.id, field]))
  for (const { row, set } of rows)
    for (const [id, value] of Object.entries(set)) {
      const field = byId.get(id)
      if (!field || field.id === 'note' || problemOf(field, value) !== null)
        return fault('invalid', { params: { field: id, row } })
    }
  return undefined
}

function* pieces(problems: readonly RowProblem[]): Generator<RowProblem[]> {
  for (let from = 0; from < problems.length; from += ROWS_AT_ONCE)
    yield problems.slice(from, from + ROWS_AT_ONCE)
}
