import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Fault, type FaultKind, fault } from '#shared/protocol/fault.ts'
import type { Auth } from '../auth/sign-in.ts'
import type { Bearer } from '../auth/tokens.ts'
import type { Log } from '../sync/ground.ts'

const STATUS: Partial<Record<FaultKind, number>> = {
  'wrong-credentials': 401,
  'session-expired': 401,
  'device-revoked': 401,
  forbidden: 403,
  'agent-inactive': 403,
  'not-found': 404,
  'too-large': 413,
  'too-many-attempts': 429,
  invalid: 400,
  'hub-busy': 503,
  'disk-full': 507,
}

/** Every error answer of the hub looks like this. */
export function answerFault(reply: FastifyReply, reason: Fault): FastifyReply {
  const seconds = reason.params?.seconds
  if (seconds !== undefined) reply.header('retry-after', String(seconds))
  return reply.status(STATUS[reason.kind] ?? 500).send({ fault: reason })
}

/** The body by its schema, or a Fault that names the first field that does not fit. */
export function parseBody<T>(schema: z.ZodType<T>, request: FastifyRequest): { value: T } | { fault: Fault } {
  const parsed = schema.safeParse(request.body)
  if (parsed.success) return { value: parsed.data }
  return {
    fault: fault('invalid', { params: { field: parsed.error.issues[0]?.path.map(String).join('.') ?? '' } }),
  }
}

/** Who asks, or the answer why not. */
export async function bearerOf(
  auth: Auth,
  request: FastifyRequest,
): Promise<{ value: Bearer } | { fault: Fault }> {
  const token = /^Bearer (\S{1,4000})$/i.exec(request.headers.authorization ?? '')?.[1]
  const bearer = token ? await auth.bearer(token) : undefined
  return bearer?.ok ? { value: bearer.value } : { fault: bearer?.fault ?? fault('session-expired') }
}

/** What fastify itself refuses, and what we did not expect, in the same form. */
export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((_request, reply) => answerFault(reply, fault('not-found')))
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status === 413)
      return answerFault(reply, fault('too-large', { params: { limit: app.initialConfig.bodyLimit ?? 0 } }))
    if (status >= 400 && status < 500) return answerFault(reply, fault('invalid'))
    log.error(
      { route: request.routeOptions.url, error: error instanceof Error ? error.stack : String(error) },
      'a request failed',
    )
    return answerFault(reply, fault('hub-busy'))
  })
}
