/** Who a visitor is to the hub. The secret stays in the browser; what is kept, and shown to agents, is a hash of it. */
import { createHash } from 'node:crypto'

const hash = (...words: string[]): string =>
  createHash('sha256').update(words.join('\0')).digest('hex').slice(0, 32)

/** The address of an anonymous browser in one inbox. */
export const visitorAddress = (inboxId: string, secret: string): string =>
  `visitor-${hash('skein visitor', inboxId, secret)}`

/** The address of somebody the host site has signed for: the same in all their browsers. */
export const userAddress = (inboxId: string, subject: string): string =>
  `user-${hash('skein user', inboxId, subject)}`

/**
 * The id of the item that a message becomes. It names the visitor by their hash, so nobody can make the id of another's
 * message, and the widget knows its own message again in whatever tab it comes back.
 */
export const itemIdOf = (address: string, messageId: string): string => `${address}.${messageId}`
export const messageIdOf = (address: string, itemId: string): string | null =>
  itemId.startsWith(`${address}.`) ? itemId.slice(address.length + 1) : null

/** What to call somebody who has not said their name, in the language of their page. */
export function callNameOf(address: string, locale: string): string {
  const short = address.replace(/^[a-z]+-/, '').slice(0, 4)
  return /^zh\b/i.test(locale) ? `访客 ${short}` : `Visitor ${short}`
}

const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bMicroMessenger\//, 'WeChat'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** `Chrome, Windows`: as much as an agent wants to know of a User-Agent. Empty when it says nothing. */
export function deviceOf(userAgent: string): string {
  const found = (all: [RegExp, string][]) => all.find(([sign]) => sign.test(userAgent))?.[1]
  return [found(BROWSERS), found(SYSTEMS)].filter(Boolean).join(', ')
}
