// skein://customer/ID: a link from elsewhere shows a customer. It navigates and never changes anything (security baseline).
import { z } from 'zod'
import { linkScheme } from './address.ts'

/** Where a link leads. */
export interface Destination {
  customer: string
}

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
  return id.success ? { customer: id.data } : undefined
}

/** Windows and Linux pass a link among the arguments of a (second) start. */
export const deepLinkAmong = (argv: readonly string[]): Destination | undefined => {
  const link = argv.find(argument => argument.startsWith(`${linkScheme}://`))
  return link === undefined ? undefined : parseDeepLink(link)
}
