import { z } from 'zod'
import { Id, Instant } from '../model/base.ts'
import { Fault } from './fault.ts'

/**
 * The few requests outside the socket. Every error answer is `{fault}` with a matching HTTP status.
 *
 * POST /v1/session           SignIn   -> Session
 * POST /v1/session/refresh   Refresh  -> Session       (rotates; reuse of an old token revokes the device)
 * POST /v1/session/end       Bearer   -> 204
 * GET  /v1/hello                      -> HubInfo
 * POST/PATCH/HEAD /v1/uploads         tus 1.0.0; metadata: sha256, name, type; Bearer
 * GET  /v1/items/:item/attachments/:sha256   Bearer -> bytes, Range allowed
 * GET  /v1/own/attachments/:sha256           Bearer -> bytes of what this agent has uploaded, Range allowed
 * And: setting up inboxes (inboxes.ts), pictures that a mail names (images.ts), cards from other systems (connectors.ts), customers from a table
 * (import.ts).
 */
export const SignIn = z.object({
  email: z.string().trim().toLowerCase().min(3).max(320),
  password: z.string().min(1).max(1000),
  device: z.object({ id: Id.nullable(), name: z.string().max(200), platform: z.string().max(40) }),
})
export type SignIn = z.infer<typeof SignIn>

export const Refresh = z.object({ refreshToken: z.string().max(500) })
export type Refresh = z.infer<typeof Refresh>

export const Session = z.object({
  agentId: Id,
  deviceId: Id,
  /** JWT, minutes. */
  accessToken: z.string().max(4000),
  accessExpiresAt: Instant,
  /** Opaque, used once. */
  refreshToken: z.string().max(500),
})
export type Session = z.infer<typeof Session>

export const HubInfo = z.object({
  product: z.literal('skein-hub'),
  version: z.string().max(40),
  protocol: z.object({ current: z.int(), oldest: z.int() }),
  workspace: z.string().max(200),
})
export type HubInfo = z.infer<typeof HubInfo>

export const ErrorAnswer = z.object({ fault: Fault })
