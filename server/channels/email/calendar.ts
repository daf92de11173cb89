/** Invitations (RFC 5545, RFC 5546) as facts to be shown. Times stay as they were written, in the zone they name. */
import type { MailEvent } from '#shared/model/item.ts'
import { decodeBytes } from './mime/charset.ts'
import type { Part } from './mime/tree.ts'
import { cleanLine } from './text.ts'

const BYTES = 256 * 1024
const EVENTS = 10

/** The events of the calendar parts of a mail, those in attached messages left out. */
export function mailEvents(root: Part): MailEvent[] {
  const found: MailEvent[] = []
  const visit = (part: Part): void => {
    if (part.message > 0 || found.length >= EVENTS) return
    if (part.type.value === 'text/calendar') {
      const text = decodeBytes(part.body.subarray(0, BYTES), part.type.params.get('charset') ?? null).text
      found.push(...eventsOf(text, part.type.params.get('method') ?? ''))
    }
    part.children.forEach(visit)
  }
  visit(root)
  // The same invitation usually stands in the body and as a file.
  const said = new Set<string>()
  return found
    .filter(event => !said.has(JSON.stringify(event)) && said.add(JSON.stringify(event)))
    .slice(0, EVENTS)
}

type Line = { name: string; params: Map<string, string>; value: string }

function eventsOf(text: string, givenMethod: string): MailEvent[] {
  const events: MailEvent[] = []
  let method = givenMethod.toUpperCase()
  let fields: Map<string, Line> | null = null
  let inner = 0
  // A line may be folded anywhere (RFC 5545 3.1).
  for (const raw of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const line = lineOf(raw)
    if (!line) continue
    const kind = line.value.trim().toUpperCase()
    if (line.name === 'BEGIN' && kind === 'VEVENT') {
      fields = new Map()
      inner = 0
    } else if (line.name === 'END' && kind === 'VEVENT') {
      if (fields) events.push(eventOf(fields, method))
      fields = null
      if (events.length >= EVENTS) break
    } else if (line.name === 'BEGIN') inner++
    else if (line.name === 'END') inner--
    else if (line.name === 'METHOD' && !fields) method = kind
    // Not those of an alarm inside it.
    else if (fields && inner <= 0 && !fields.has(line.name)) fields.set(line.name, line)
  }
  return events
}

function lineOf(raw: string): Line | null {
  const match = /^([A-Za-z-]{1,40})((?:;[^:;"]{0,300}(?:"[^"]{0,300}")?)*):(.*)$/s.exec(raw.slice(0, 5000))
  if (!match) return null
  const params = new Map<string, string>()
  for (const piece of match[2]!.split(';')) {
    const [name, value] = piece.split('=', 2)
    if (name && value !== undefined) params.set(name.toUpperCase(), value.replace(/"/g, ''))
  }
  return { name: match[1]!.toUpperCase(), params, value: match[3]! }
}

const METHODS: Record<string, MailEvent['method']> = { CANCEL: 'cancel', REPLY: 'reply', COUNTER: 'reply' }

function eventOf(fields: Map<string, Line>, method: string): MailEvent {
  const words = (name: string) =>
    cleanLine((fields.get(name)?.value ?? '').replace(/\\[nN]/g, ' ').replace(/\\(.)/g, '$1'), 300)
  const start = fields.get('DTSTART')
  const organizer = fields.get('ORGANIZER')
  const cancelled = fields.get('STATUS')?.value.trim().toUpperCase() === 'CANCELLED'
  return {
    method: cancelled ? 'cancel' : (METHODS[method] ?? 'invitation'),
    summary: words('SUMMARY'),
    start: momentOf(start?.value),
    end: momentOf(fields.get('DTEND')?.value),
    zone: start?.value.trim().endsWith('Z') ? 'UTC' : cleanLine(start?.params.get('TZID') ?? '', 100),
    location: words('LOCATION'),
    organizer: cleanLine(
      organizer ? (organizer.params.get('CN') ?? organizer.value.replace(/^mailto:/i, '')) : '',
      200,
    ),
  }
}

/** `20261123T100000Z` as `2026-11-23 10:00`, a day as `2026-11-23`; empty when it is neither. */
function momentOf(value: string | undefined): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d)?Z?$/.exec(value?.trim() ?? '')
  if (!match) return ''
  const [, year, month, day, hour, minute] = match
  const date = `${year}-${month}-${day}`
  return hour === undefined ? date : `${date} ${hour}:${minute}`
}
