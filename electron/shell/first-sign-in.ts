// `npm start` opens its desk signed in at the demonstration's hub. Only from a checkout: a package never reads this.
import type { MessagePortMain } from 'electron'
import { requests } from '#shared/ipc/contract.ts'
import { createClient, ensureSignedIn } from '../client.ts'
import { mainPort } from './main-port.ts'

/** @param given SKEIN_SIGN_IN: the arguments of the contract's signIn, as JSON */
export const firstSignIn = async (port: MessagePortMain, given: string): Promise<void> => {
  const client = createClient(mainPort(port))
  const result = await ensureSignedIn(client, requests.signIn.args.parse(JSON.parse(given)))
  if (!result.ok) console.error(`Signing in failed: ${result.fault.kind}`)
  client.close()
}
