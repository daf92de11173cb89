/** Asks a hub for what a desk's page would. */
import { Session } from '#shared/protocol/http.ts'
import { password } from '../hub/memory-hub.ts'
import { words } from './marked.ts'

export const wish = { whole: true, name: words.name, reason: 'asked' }

export async function askHub(url: string, path: string, body: unknown, name = 'ann'): Promise<Response> {
  const post = (to: string, said: unknown, token?: string): Promise<Response> =>
    fetch(`${url}${to}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(said),
    })
  const device = { id: null, name: 'x', platform: 'x' }
  const signedIn = await post('/v1/session', { email: `${name}@skein.example`, password, device })
  const { accessToken } = Session.parse(await signedIn.json())
  return post(`/v1/customers/${path}`, body, accessToken)
}
