/**
 * Our own Message-IDs are `<itemId@domain of the inbox>`: stable over all attempts, so a mail that comes back, a bounce
 * or an answer names its item (S18).
 */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The name of the header that repeats the item's id, because some providers replace Message-IDs on the way. */
export const ITEM_HEADER = 'X-Skein-Item'

/** Without angle brackets. Ids that are not UUIDs are made safe for a header, and are then not recognised again. */
export function messageIdOf(itemId: string, inboxAddress: string): string {
  return `${itemId.replace(/[^\w.-]/g, '_')}@${domainOf(inboxAddress)}`
}

/** The item of one of our Message-IDs, null for anybody else's. */
export function itemIdOf(messageId: string, inboxAddress: string): string | null {
  const at = messageId.lastIndexOf('@')
  const local = messageId.slice(0, at)
  return at > 0 && messageId.slice(at + 1).toLowerCase() === domainOf(inboxAddress) && UUID.test(local)
    ? local.toLowerCase()
    : null
}

/** The item named by the header, null when it names none. */
export function itemIdOfHeader(value: string | null): string | null {
  const id = value?.trim() ?? ''
  return UUID.test(id) ? id.toLowerCase() : null
}

function domainOf(address: string): string {
  return (
    address
      .slice(address.lastIndexOf('@') + 1)
      .toLowerCase()
      .replace(/[^\w.-]/g, '') || 'localhost'
  )
}
