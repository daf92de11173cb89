/** Hands out access tokens for refresh tokens (RFC 6749) and says whether one is good (RFC 7662), as a provider does. */
import { createServer } from 'node:http'

/** `secret` null: an app that has none, as those that sign in by a word. */
export async function startTokenServer(email: string, { secret = 'shh' as string | null } = {}) {
  let refreshToken = 'refresh-1'
  let count = 0
  const good = new Set<string>()
  const asked: string[] = []
  /** What is said to those who ask whether the person has signed in; when nothing is left, the person has. */
  const devices: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    const say = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (request.url === '/introspect') {
      const active = good.has(form.get('token') ?? '')
      return say(200, active ? { active, email, username: email } : { active: false })
    }
    if (request.url === '/device')
      return say(200, {
        device_code: 'device-1',
        user_code: 'ABCD-EFGH',
        verification_uri: 'https://provider.example/device',
        interval: 5,
        expires_in: 100,
      })
    if (form.get('grant_type')?.endsWith(':device_code')) {
      const error = form.get('device_code') === 'device-1' ? devices.shift() : 'bad_verification_code'
      return error ? say(400, { error }) : say(200, { access_token: 'a', refresh_token: refreshToken })
    }
    asked.push(form.get('refresh_token') ?? '')
    const right = form.get('client_id') === 'skein' && form.get('client_secret') === secret
    if (!right || form.get('refresh_token') !== refreshToken)
      return say(400, {
        error: 'invalid_grant',
        error_description: 'The refresh token is not known any more.',
      })
    const token = `access-${++count}`
    good.add(token)
    refreshToken = `refresh-${count + 1}`
    say(200, { access_token: token, token_type: 'Bearer', expires_in: 3600, refresh_token: refreshToken })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    asked,
    devices,
    device: (clientId: string) => ({
      deviceUrl: `http://127.0.0.1:${port}/device`,
      tokenUrl: `http://127.0.0.1:${port}/token`,
      clientId,
      scope: 'offline_access mail',
    }),
    good,
    /** What the settings of an inbox say about it. */
    oauth: () => ({
      tokenUrl: `http://127.0.0.1:${port}/token`,
      clientId: 'skein',
      clientSecret: secret ?? '',
      refreshToken,
    }),
    introspection: `http://127.0.0.1:${port}/introspect`,
    /** All access tokens end before their time. */
    withdraw: () => good.clear(),
    /** The person has taken the permission back. */
    forget() {
      refreshToken = 'none'
    },
    close: () => new Promise(resolve => server.close(resolve)),
  }
}
