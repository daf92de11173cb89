/** Signing in, staying signed in, signing out. Every failure is a Fault; none tells whether an address is known. */
import type { Id } from '#shared/model/base.ts'
import { type Fault, failed, fault, ok, type Result } from '#shared/protocol/fault.ts'
import type { Session, SignIn } from '#shared/protocol/http.ts'
import type { Store } from '../store/store.ts'
import { attemptLimiter } from './attempts.ts'
import { checkPassword } from './passwords.ts'
import type { Secrets } from './secrets.ts'
import {
  ACCESS_LIFE,
  type Bearer,
  hashToken,
  newRefreshToken,
  REFRESH_LIFE,
  readAccess,
  signAccess,
} from './tokens.ts'
import type { Vault } from './vault.ts'

export interface AuthDeps {
  store: Store
  vault: Vault
  secrets: Secrets
  now(): number
  newId(): Id
  /** A device may do nothing any more: its connections end. */
  onDeviceEnd(deviceId: Id, reason: Fault): void
}

export interface Auth {
  signIn(request: SignIn, address: string): Promise<Result<Session>>
  refresh(token: string): Promise<Result<Session>>
  signOut(bearer: Bearer): Promise<void>
  revoke(deviceId: Id): Promise<void>
  /** Who stands behind an access token. */
  bearer(token: string): Promise<Result<Bearer>>
}

export function createAuth(deps: AuthDeps): Auth {
  const { store, vault, secrets, now, newId } = deps
  const attempts = attemptLimiter(now)
  /** Devices revoked here: their access tokens are good for nothing, though not yet old. */
  const revoked = new Set<Id>()

  const session = async ({ agentId, deviceId }: Bearer, refreshToken: string): Promise<Session> => {
    const time = now()
    const accessToken = await signAccess(secrets.tokenKey, { agentId, deviceId }, time)
    return { agentId, deviceId, accessToken, accessExpiresAt: time + ACCESS_LIFE, refreshToken }
  }

  /** The device to go on with: the same one if it is this agent's, otherwise a new one. */
  const enrol = (agentId: Id, { id, name, platform }: SignIn['device']): Promise<Id> =>
    store.write(async tx => {
      const known = id ? await tx.device(id) : undefined
      if (known && known.agentId === agentId && !known.revoked) {
        tx.putDevice({ ...known, name, platform })
        return known.id
      }
      const device = {
        id: newId(),
        agentId,
        name,
        platform,
        epoch: 1,
        lastN: 0,
        confirmed: 0,
        revoked: false,
      }
      tx.putDevice(device)
      tx.event({
        name: 'device.enrolled',
        agentId,
        deviceId: device.id,
        mutationId: null,
        at: now(),
        keys: [],
        facts: { platform },
      })
      return device.id
    })

  const revoke = async (deviceId: Id): Promise<void> => {
    await store.write(async tx => {
      const device = await tx.device(deviceId)
      if (!device || device.revoked) return
      tx.putDevice({ ...device, revoked: true })
      tx.event({
        name: 'device.revoked',
        agentId: device.agentId,
        deviceId,
        mutationId: null,
        at: now(),
        keys: [],
        facts: {},
      })
    })
    revoked.add(deviceId)
    await vault.dropTokens(deviceId)
    deps.onDeviceEnd(deviceId, fault('device-revoked'))
  }

  return {
    async signIn(request, address) {
      const { email, password } = request
      const wait = attempts.begin(email, address)
      if (wait > 0) return failed('too-many-attempts', { params: { seconds: wait } })
      const credential = await vault.credential(email)
      if (!(await checkPassword(credential?.passwordHash, password)) || !credential) {
        const seconds = attempts.waitAfter(email, address)
        return seconds > 0
          ? failed('too-many-attempts', { params: { seconds } })
          : failed('wrong-credentials')
      }
      attempts.right(email, address)
      const [agent] = await store.read('agent', [credential.agentId])
      if (!agent?.active) return failed('agent-inactive')
      const deviceId = await enrol(agent.id, request.device)
      const refreshToken = newRefreshToken()
      const hash = hashToken(refreshToken)
      await vault.addToken({ hash, agentId: agent.id, deviceId, expiresAt: now() + REFRESH_LIFE })
      return ok(await session({ agentId: agent.id, deviceId }, refreshToken))
    },

    async refresh(token) {
      const refreshToken = newRefreshToken()
      const next = { hash: hashToken(refreshToken), expiresAt: now() + REFRESH_LIFE }
      const exchange = await vault.exchange(hashToken(token), next, now())
      if (exchange.kind === 'unknown') return failed('session-expired')
      if (exchange.kind === 'reused') {
        await revoke(exchange.deviceId)
        return failed('device-revoked')
      }
      const [agent] = await store.read('agent', [exchange.agentId])
      if (!agent?.active) return failed('agent-inactive')
      return ok(await session(exchange, refreshToken))
    },

    async signOut({ deviceId }) {
      await vault.dropTokens(deviceId)
      deps.onDeviceEnd(deviceId, fault('session-expired'))
    },

    revoke,

    async bearer(token) {
      const bearer = await readAccess(secrets.tokenKey, token, now())
      if (!bearer) return failed('session-expired')
      return revoked.has(bearer.deviceId) ? failed('device-revoked') : ok(bearer)
    },
  }
}
