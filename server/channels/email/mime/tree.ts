import { type Header, headerValue, parseStructured, readHeaders, type Structured } from './headers.ts'
import { LIMITS } from './limits.ts'
import { decodeTransfer } from './transfer.ts'

/** One part of a mail; the root is the mail itself. */
export type Part = {
  headers: Header[]
  type: Structured
  disposition: Structured
  contentId: string | null
  /** Decoded bytes of a leaf; empty for a multipart. A message/rfc822 has both its bytes and its one child. */
  body: Uint8Array
  children: Part[]
  /** How many messages it stands in: 0 for a part of the mail itself, 1 for one of a message attached to it. */
  message: number
}

export type TreeProblem =
  | 'headers-too-long'
  | 'too-many-parts'
  | 'too-deep'
  | 'truncated'
  | 'bad-encoding'
  | 'no-boundary'

/** What is left to spend on one mail: shared by all of its parts, so that nesting multiplies nothing. */
type Budget = { parts: number; delimiters: number; problems: Set<TreeProblem> }

/** A line that begins with `--`. */
type Delimiter = { start: number; end: number; next: number; text: string }

/**
 * The parts of a mail (RFC 2046). Never throws and takes time in proportion to the size, whatever the bytes are: the lines
 * that could be boundaries are found once for a whole mail, and parts, depth and those lines are bounded by LIMITS.
 *
 * Why not postal-mime's own tree: there a mail that is too deep cannot be read at all, one without a boundary parameter
 * loses its body, line ends inside binary parts change, and raw GBK headers become noise.
 */
export function readTree(bytes: Uint8Array): { root: Part; problems: Set<TreeProblem> } {
  const budget: Budget = { parts: LIMITS.parts, delimiters: LIMITS.delimiters, problems: new Set() }
  const root = readPart(bytes, 0, bytes.length, findDelimiters(bytes, budget), 'text/plain', 0, 0, budget)
  return { root, problems: budget.problems }
}

function readPart(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiters: Delimiter[],
  defaultType: string,
  depth: number,
  message: number,
  budget: Budget,
): Part {
  budget.parts--
  const block = readHeaders(bytes, start, end)
  if (block.truncated) budget.problems.add('headers-too-long')
  const declared = parseStructured(headerValue(block.headers, 'content-type'))
  const type = declared.value.includes('/')
    ? declared
    : { value: declared.value === 'text' ? 'text/plain' : defaultType, params: declared.params }
  const part: Part = {
    headers: block.headers,
    type,
    disposition: parseStructured(headerValue(block.headers, 'content-disposition')),
    contentId: headerValue(block.headers, 'content-id')?.replace(/^<|>$/g, '') ?? null,
    body: new Uint8Array(0),
    children: [],
    message,
  }
  const inside = (index: number) => delimiters[index]!.start >= block.bodyStart
  const first = lowest(delimiters.length, inside)
  const within = delimiters.slice(first)
  if (type.value.startsWith('multipart/'))
    readMultipart(part, bytes, block.bodyStart, end, within, depth, budget)
  else readLeaf(part, bytes, block.bodyStart, end, within, depth, budget)
  return part
}

function readMultipart(
  part: Part,
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiters: Delimiter[],
  depth: number,
  budget: Budget,
): void {
  if (depth >= LIMITS.depth) {
    budget.problems.add('too-deep')
    return
  }
  const boundary = boundaryOf(part, delimiters, budget)
  const childType = part.type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  let open: number | null = null
  let from = 0
  let closed = false
  for (let i = 0; i < delimiters.length && !closed; i++) {
    const line = delimiters[i]!
    if (boundary === null || !isBoundary(line.text, boundary)) continue
    if (open !== null) addChild(open, line.end, delimiters.slice(from, i))
    open = line.next
    from = i + 1
    closed = line.text === `--${boundary}--`
  }
  if (open === null) {
    // No part begins anywhere: what is there is the text.
    budget.problems.add('no-boundary')
    part.type = { value: 'text/plain', params: part.type.params }
    readLeaf(part, bytes, start, end, delimiters, depth, budget)
  } else if (!closed) {
    budget.problems.add('truncated')
    addChild(open, end, delimiters.slice(from))
  }

  function addChild(first: number, last: number, within: Delimiter[]): void {
    if (budget.parts <= 0) budget.problems.add('too-many-parts')
    else
      part.children.push(
        readPart(bytes, first, Math.max(first, last), within, childType, depth + 1, part.message, budget),
      )
  }
}

/** The declared boundary, or, where that one never occurs, the first line that looks like one. */
function boundaryOf(part: Part, delimiters: Delimiter[], budget: Budget): string | null {
  const declared = part.type.params.get('boundary')?.replace(/\s+$/, '') ?? ''
  if (declared !== '' && delimiters.some(line => isBoundary(line.text, declared))) return declared
  const candidate = delimiters.find(
    line => /^--[\w'()+,./:=?-]{5,}$/.test(line.text) && !line.text.endsWith('--'),
  )
  if (candidate) budget.problems.add('no-boundary')
  return candidate ? candidate.text.slice(2) : null
}

function isBoundary(line: string, boundary: string): boolean {
  return line.startsWith(boundary, 2) && (line.length === boundary.length + 2 || line === `--${boundary}--`)
}

function readLeaf(
  part: Part,
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiters: Delimiter[],
  depth: number,
  budget: Budget,
): void {
  const body = bytes.subarray(start, end)
  const decoded = decodeTransfer(body, headerValue(part.headers, 'content-transfer-encoding') ?? '')
  if (!decoded.sound) budget.problems.add('bad-encoding')
  part.body = decoded.bytes
  if (part.type.value !== 'message/rfc822' && part.type.value !== 'message/global') return
  if (depth >= LIMITS.depth) budget.problems.add('too-deep')
  else if (budget.parts <= 0) budget.problems.add('too-many-parts')
  else if (decoded.bytes === body) {
    // Not encoded: the lines found for the whole mail are those of this message, too.
    part.children.push(
      readPart(bytes, start, end, delimiters, 'text/plain', depth + 1, part.message + 1, budget),
    )
  } else {
    const own = findDelimiters(decoded.bytes, budget)
    part.children.push(
      readPart(
        decoded.bytes,
        0,
        decoded.bytes.length,
        own,
        'text/plain',
        depth + 1,
        part.message + 1,
        budget,
      ),
    )
  }
}

/** All lines that begin with `--`. `end` is where the line before it ends without its line break. */
function findDelimiters(bytes: Uint8Array, budget: Budget): Delimiter[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Delimiter[] = []
  let at = buffer.subarray(0, 2).toString('latin1') === '--' ? 0 : nextDelimiter(buffer, 0)
  while (at >= 0) {
    if (--budget.delimiters < 0) {
      budget.problems.add('too-many-parts')
      break
    }
    const lf = buffer.indexOf(0x0a, at)
    const stop = lf < 0 ? buffer.length : lf
    // A boundary has at most 70 characters (RFC 2046 5.1.1); those who do not know that stay below 300.
    const text = buffer.toString('utf8', at, Math.min(stop, at + 300)).trimEnd()
    const before = at > 0 && buffer[at - 2] === 0x0d ? at - 2 : Math.max(0, at - 1)
    found.push({ start: at, end: before, next: Math.min(stop + 1, buffer.length), text })
    at = lf < 0 ? -1 : nextDelimiter(buffer, lf)
  }
  return found
}

function nextDelimiter(buffer: Buffer, from: number): number {
  const at = buffer.indexOf('\n--', from, 'latin1')
  return at < 0 ? -1 : at + 1
}

/** The lowest index for which `holds` is true, given that it stays true from there on. */
function lowest(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
