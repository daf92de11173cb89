/** All that is kept of a customer as one ZIP, made while it is sent: nothing of it is put on a disk, and little is in memory. */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { Store } from '../store/store.ts'
import { dataOf, type Told } from './data.ts'
import type { Gathered } from './gather.ts'
import { type PageLanguage, pageOf } from './page.ts'

export function bundle(
  { store, blobs }: { store: Store; blobs: BlobStore },
  gathered: Gathered,
  told: Told,
  language: PageLanguage,
): Readable {
  const zip = new ZipFile()
  const options = { mtime: new Date(told.at), mode: 0o100600 }
  const whole = zip.outputStream as Readable
  const add = (path: string, open: () => Readable, compress = true): void =>
    zip.addReadStreamLazy(path, { ...options, compress }, given => {
      const stream = open()
      // Whoever waits for the rest is told that there is none.
      stream.once('error', error => whole.destroy(error))
      given(null, stream)
    })
  add('index.html', () => Readable.from(pageOf(store, gathered, told, language)))
  add('data.json', () => Readable.from(dataOf(store, gathered, told)))
  // Most files are as small as they get.
  for (const [sha256, path] of gathered.files) if (path) add(path, () => blobs.read(sha256), false)
  zip.once('error', (error: Error) => whole.destroy(error))
  zip.end()
  return whole
}
