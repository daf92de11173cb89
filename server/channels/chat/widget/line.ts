/** What stands in the log, and what stands in storage until the hub has it. */
import type { ChatFile } from '../protocol.ts'
import type { Who } from './files.ts'

/** Written here and not yet taken by the hub. */
export interface Waiting extends Who {
  id: string
  text: string
  writtenAt: number
  /** The hub does not take it as it is. */
  refused: boolean
}

export interface Line {
  /** Of one's own the id that this widget made, else the hub's. */
  id: string
  /** The hub's id; empty until the hub shows it. */
  item: string
  mine: boolean
  author: string
  text: string
  at: number
  /** Of one's own. */
  state: 'waiting' | 'sent' | 'read' | 'refused'
  conversation: string
  seq: number
  /** Of a message that the hub shows. */
  files: readonly ChatFile[]
  /** Left as a letter: the address that it is answered at. */
  mailed?: string
  /** A file of one's own that the hub has not shown yet, or does not show. */
  going?: { file: Pick<File, 'name' | 'size'>; part: number; why: string }
}

/** One's own that the hub does not show yet. */
export const ownLine = (id: string, text: string, at: number) => ({
  id,
  item: '',
  mine: true,
  author: '',
  text,
  at,
  conversation: '',
  seq: 0,
  files: [],
})

/** What was kept, if it is what we keep. */
export function waitingOf(text: string | null): Waiting | null {
  try {
    const one = JSON.parse(text ?? '') as Waiting
    return typeof one.id === 'string' && typeof one.text === 'string' && typeof one.writtenAt === 'number'
      ? {
          ...one,
          name: String(one.name ?? ''),
          email: String(one.email ?? ''),
          form: one.form === true,
          refused: one.refused === true,
        }
      : null
  } catch {
    return null
  }
}
