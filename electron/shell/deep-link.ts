// skein://customer/ID: a link from elsewhere shows a customer. It navigates and never changes anything (security baseline).
import { z } from 'zod'
import type { Destination } from '#shared/ipc/shell.ts'
import { linkScheme } from './address.ts'

const Id = z.uuid().transform(id => id.toLowerCase())

/**
 * Reads one link; pure.
 * @returns undefined for everything that is not exactly `skein://customer/<uuid>`: other hosts, parameters, more path
 */
export const parseDeepLink = (link: string): Destination | undefined => {
  const url = link.length > 200 ? null : URL.parse(link)
  if (url === null || url.protocol !== `${linkScheme}:` || url.host !== 'customer') return undefined
  if (url.search !== '' || url.hash !== '' || url.username !== '') return undefined
  const id = Id.safeParse(url.pathname.slice(1))
  return id.success ? { customerId: id.data, conversationId: null } : undefined
}

/** Windows and Linux pass a link among the arguments of a (second) start. */
export const deepLinkAmong = (argv: readonly string[]): Destination | undefined => {
  const link = argv.find(argument => argument.startsWith(`${linkScheme}://`))
  return link === undefined ? undefined : parseDeepLink(link)
}
