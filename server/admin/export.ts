/** The workspace as NDJSON: what users' scripts may rely on (docs/operations.md). */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Item } from '#shared/model/item.ts'
import type { Doc, RowType } from '#shared/model/row.ts'
import type { Store } from '../store/store.ts'

const PAGE = 500

/** Writes every line, then puts the file in its place: a file that is there is whole. `-` writes to stdout. */
export async function exportTo(store: Store, out: string): Promise<void> {
  const source = Readable.from(linesOf(store))
  if (out === '-') {
    await pipeline(source, process.stdout, { end: false })
    return
  }
  const part = `${out}.part`
  try {
    await pipeline(source, createWriteStream(part, { mode: 0o600 }))
    await rename(part, out)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function* linesOf(store: Store): AsyncGenerator<string> {
  for (const type of ['customer', 'identity', 'conversation', 'item'] as const)
    for await (const doc of allOf(store, type)) {
      if (type !== 'item') {
        yield line({ type, ...doc })
        continue
      }
      const item = doc as Item
      yield line(itemLine(item))
      for (const { sha256, name, type: mime, size } of item.attachments)
        yield line({ type: 'attachment', itemId: item.id, name, mediaType: mime, size, sha256 })
    }
}

/** `text` is all there is to read; `quoted` says which part of it repeats earlier messages. */
function itemLine({ mail, attachments, text, quoted, ...item }: Item): object {
  const whole = [text, quoted].filter(part => part !== '').join('\n\n')
  return {
    type: 'item',
    ...item,
    text: whole,
    quoted,
    attachments: attachments.map(({ name, type, size, sha256, contentId }) => ({
      name,
      type,
      size,
      sha256,
      contentId,
    })),
    ...(mail ?? {}),
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`

async function* allOf<T extends RowType>(store: Store, type: T): AsyncGenerator<Doc<T>> {
  for (let after: string | undefined; ; ) {
    const page = await store.all(type, after, PAGE)
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)!.id
  }
}
