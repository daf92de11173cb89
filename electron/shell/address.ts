// The desk's own addresses. The page lives under a scheme of ours instead of file://, so it has an origin that can be checked.

import { type PopOutPlace, popOutHash } from '#shared/ipc/pop-out.ts'

export const pageScheme = 'skein-app'
export const pageOrigin = `${pageScheme}://desk`
export const pageAddress = `${pageOrigin}/`
export const linkScheme = 'skein'

/** True for addresses of the desk's own page; by parsed parts, since custom schemes have the origin "null" in Node. */
export const isOurPage = (address: string): boolean => {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${pageScheme}:` &&
    url.host === 'desk' &&
    url.username === '' &&
    url.port === ''
  )
}

const outside = new Set(['https:', 'mailto:', 'tel:'])

/** True for what may be handed to the operating system: web pages over TLS, mail addresses, phone numbers. */
export const mayLeave = (address: string): boolean => {
  const url = URL.parse(address)
  return url !== null && outside.has(url.protocol) && url.username === '' && url.password === ''
}

/** The page in a window of its own for one conversation (renderer/app/pop-out.tsx). */
export const popOutAddress = ({ customerId, conversationId }: PopOutPlace): string =>
  pageAddress + popOutHash({ customerId, conversationId })
