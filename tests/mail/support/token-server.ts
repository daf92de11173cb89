/** Hands out access tokens for refresh tokens (RFC 6749) and says whether one is good (RFC 7662), as a provider does. */
import { createServer } from 'node:http'

export async function startTokenServer(email: string) {
  let refreshToken = 'refresh-1'
  let count = 0
  const good = new Set<string>()
  const asked: string[] = []
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
    asked.push(form.get('refresh_token') ?? '')
    const right = form.get('client_id') === 'skein' && form.get('client_secret') === 'shh'
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
    good,
    /** What the settings of an inbox say about it. */
    oauth: () => ({
      tokenUrl: `http://127.0.0.1:${port}/token`,
      clientId: 'skein',
      clientSecret: 'shh',
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
