/** Setting up inboxes from a desk (shared/protocol/inboxes.ts): for administrators, and nobody learns more than that. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Id } from '#shared/model/base.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import {
  ChatWish,
  InboxChange,
  type Inboxes,
  MailWish,
  ProviderQuestion,
  type SetUpStep,
} from '#shared/protocol/inboxes.ts'
import type { Auth } from '../auth/sign-in.ts'
import type { Bearer } from '../auth/tokens.ts'
import type { Held } from '../held/held.ts'
import { mailboxOf } from '../inbound/mailbox.ts'
import { addChat, changeChat, originOf } from '../inboxes/chat.ts'
import { presetFor, providerOf } from '../inboxes/mail.ts'
import { reportOf } from '../inboxes/report.ts'
import { changeInbox } from '../inboxes/rows.ts'
import { type Attempt, checkMail, type SetUpDeps, setUpMail } from '../inboxes/set-up.ts'
import type { Log } from '../sync/ground.ts'
import { administrators } from './administrators.ts'
import { answerFault } from './answers.ts'
import { answerLines } from './lines.ts'

export interface InboxRouteDeps extends SetUpDeps {
  auth: Auth
  held?: Held | undefined
  log: Log
}

/** Mailboxes being tried at once: each holds a request and two connections. */
const MOST_ATTEMPTS = 8

export function addInboxRoutes(app: FastifyInstance, deps: InboxRouteDeps): void {
  const { store, log } = deps
  let attempts = 0

  const forAdministrators = administrators(deps)

  const inboxOf = async (request: FastifyRequest): Promise<Inbox | undefined> =>
    (await store.read('inbox', [(request.params as { inbox: Id }).inbox]))[0]

  /** Tells the steps line by line while they happen; the attempt ends with its line. */
  const telling = async (
    reply: FastifyReply,
    by: Bearer,
    work: (attempt: Attempt) => Promise<void>,
  ): Promise<unknown> => {
    if (attempts >= MOST_ATTEMPTS) return answerFault(reply, fault('hub-busy'))
    attempts++
    return answerLines(reply, { log, what: 'setting up an inbox' }, (tell, signal) =>
      work({ by, tell: (step: SetUpStep) => tell(step), signal }),
    ).finally(() => attempts--)
  }

  app.get(
    '/v1/inboxes',
    forAdministrators(z.unknown(), async (): Promise<Inboxes> => {
      const inboxes = await store.all('inbox')
      return { inboxes: await Promise.all(inboxes.map(inbox => reportOf(deps, inbox))) }
    }),
  )

  app.post(
    '/v1/inboxes/provider',
    forAdministrators(ProviderQuestion, async ({ body }) => {
      const known = await (deps.providers ?? presetFor)(body.address)
      return { provider: known && providerOf(known) }
    }),
  )

  app.post(
    '/v1/inboxes/mail',
    forAdministrators(MailWish, ({ by, body, reply }) =>
      telling(reply, by, attempt => setUpMail(deps, body, attempt)),
    ),
  )

  app.post(
    '/v1/inboxes/:inbox/check',
    forAdministrators(z.unknown(), async ({ by, request, reply }) => {
      const inbox = await inboxOf(request)
      if (inbox?.channel !== 'email') return answerFault(reply, fault('not-found'))
      return telling(reply, by, attempt => checkMail(deps, inbox.id, attempt))
    }),
  )

  app.post(
    '/v1/inboxes/chat',
    forAdministrators(ChatWish, async ({ by, body, reply }) => {
      const { inboxId, name, renewSecret = false, origins, ...look } = body
      const sites = origins?.map(originOf)
      if (sites?.includes(null)) return answerFault(reply, invalid('origins'))
      if (look.mailbox && !(await mailboxOf(deps, look.mailbox)))
        return answerFault(reply, invalid('mailbox'))
      const wanted = { ...look, ...(sites ? { origins: sites as string[] } : {}) } as Parameters<
        typeof addChat
      >[2]
      if (inboxId === null) return addChat(deps, name, wanted, by)
      const [inbox] = await store.read('inbox', [inboxId])
      if (inbox?.channel !== 'chat') return answerFault(reply, fault('not-found'))
      return changeChat(deps, inbox, { name, look: wanted, renewSecret }, by)
    }),
  )

  app.post(
    '/v1/inboxes/:inbox',
    forAdministrators(InboxChange, async ({ by, body, request, reply }) => {
      const inbox = await inboxOf(request)
      if (!inbox) return answerFault(reply, fault('not-found'))
      await changeInbox(deps, inbox, body, by)
      return reply.status(204).send()
    }),
  )
}

const invalid = (field: string): Fault => fault('invalid', { params: { field } })
