import type { SearchHit } from '#shared/queries/index.ts'

export interface Grouped {
  conversations: SearchHit[]
  messages: SearchHit[]
  customers: SearchHit[]
}

/**
 * Hits in the groups the palette shows, each in the order they came. A conversation whose subject was hit stands once, among the
 * conversations, with its newest hit.
 */
export function grouped(hits: readonly SearchHit[], text: string): Grouped {
  const result: Grouped = { conversations: [], messages: [], customers: [] }
  const words = wordsIn(text)
  const known = new Set<string>()
  for (const hit of hits) {
    if (hit.kind === 'customer') result.customers.push(hit)
    else if (words.some(word => folded(hit.subject).includes(word))) {
      const id = hit.conversationId ?? hit.key
      if (!known.has(id)) result.conversations.push(hit)
      known.add(id)
    } else result.messages.push(hit)
  }
  return result
}

/** Full and half width, capitals and small letters are one. */
export const folded = (text: string): string => text.normalize('NFKC').toLocaleLowerCase()

export const wordsIn = (text: string): string[] => folded(text).split(/\s+/u).filter(Boolean)

export interface Piece {
  text: string
  hit: boolean
}

const OPEN = '\ue000'
const CLOSE = '\ue001'

/** A snippet's pieces: hits stand between U+E000 and U+E001. A mark that never closes runs to the end. */
export function pieces(snippet: string): Piece[] {
  const result: Piece[] = []
  for (const [index, part] of snippet.split(OPEN).entries()) {
    const [inside, ...after] = part.split(CLOSE)
    if (index === 0) {
      if (part) result.push({ text: part.replaceAll(CLOSE, ''), hit: false })
      continue
    }
    if (inside) result.push({ text: inside, hit: true })
    const rest = after.join('')
    if (rest) result.push({ text: rest, hit: false })
  }
  return result
}

/** A text with the words of a search marked in it, where its letters can be matched one to one. */
export function marked(text: string, search: string): Piece[] {
  const plain = folded(text)
  // Folding that changes the length would put the marks beside the words.
  if (plain.length !== text.length) return [{ text, hit: false }]
  const hits = new Array<boolean>(text.length).fill(false)
  for (const word of wordsIn(search))
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length))
      hits.fill(true, at, at + word.length)
  const result: Piece[] = []
  for (let at = 0; at < text.length; ) {
    let end = at + 1
    while (end < text.length && hits[end] === hits[at]) end++
    result.push({ text: text.slice(at, end), hit: hits[at] === true })
    at = end
  }
  return result
}
