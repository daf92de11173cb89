import { useCallback, useRef, useState } from 'react'
import type { Channel } from '#shared/model/channel.ts'
import type { Attachment } from '#shared/model/item.ts'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { sizeText } from '../../ui/size.ts'
import { bytesOf } from './limits.ts'
import { words } from './words.ts'

const CHUNK = 512 * 1024

/** A file on its way to the desk's own store. */
export interface Going {
  key: number
  name: string
  size: number
  done: number
}

/** What becomes of a file that the desk has. */
type Take = (kept: Attachment, file: File) => void | Promise<void>

/**
 * Files to be attached: handed to the core in pieces, in order; what is too large is said before the first byte. `failed` holds the
 * sentences, until the next try.
 */
export function useFiles(
  limits: Channel['limits'] | undefined,
  has: readonly Attachment[],
  attached: (file: Attachment) => void,
) {
  const say = useWords(words)
  const [going, setGoing] = useState<readonly Going[]>([])
  const [failed, setFailed] = useState<readonly string[]>([])
  const lastKey = useRef(0)
  const busy = useRef(0)
  const busyBytes = useRef(0)

  const put = useCallback(
    async (file: File, take: Take): Promise<string | null> => {
      const { name, size } = file
      const key = ++lastKey.current
      setGoing(now => [...now, { key, name, size, done: 0 }])
      const done = (): void => setGoing(now => now.filter(each => each.key !== key))
      try {
        const begun = await request('attachmentBegin', {
          name,
          type: file.type || 'application/octet-stream',
          size,
        })
        if (!begun.ok) return say('file-failed', { name, why: faultSentence(begun.fault) })
        const { uploadId } = begun.value
        for (let offset = 0; offset < size; offset += CHUNK) {
          const bytes = new Uint8Array(await file.slice(offset, offset + CHUNK).arrayBuffer())
          const written = await request('attachmentWrite', { uploadId, offset, bytes })
          if (!written.ok) return say('file-failed', { name, why: faultSentence(written.fault) })
          setGoing(now =>
            now.map(each => (each.key === key ? { ...each, done: Math.min(size, offset + CHUNK) } : each)),
          )
        }
        const kept = await request('attachmentFinish', { uploadId })
        if (!kept.ok) return say('file-failed', { name, why: faultSentence(kept.fault) })
        await take({ ...kept.value, contentId: null }, file)
        return null
      } catch {
        // The file went away, or is a folder.
        return say('file-failed', { name, why: say('file-unreadable') })
      } finally {
        done()
      }
    },
    [say],
  )

  const add = useCallback(
    async (files: readonly File[], take: Take = attached): Promise<void> => {
      const most = limits?.attachments ?? 50
      const room = Math.max(0, most - has.length - busy.current)
      // A channel's limit is for all files of a message together.
      let bytes = bytesOf(has) + busyBytes.current
      const problems: string[] = []
      if (files.length > room) problems.push(say('too-many-files', { count: most }))
      const fitting: File[] = []
      for (const file of files.slice(0, room)) {
        if (limits && bytes + file.size > limits.attachmentBytes)
          problems.push(
            say(file.size > limits.attachmentBytes ? 'file-too-large' : 'files-too-large', {
              name: file.name,
              size: sizeText(file.size),
              limit: sizeText(limits.attachmentBytes),
            }),
          )
        else {
          fitting.push(file)
          bytes += file.size
        }
      }
      setFailed(problems)
      busy.current += fitting.length
      busyBytes.current += bytesOf(fitting)
      // One after the other: the order in which they were chosen stays.
      for (const file of fitting) {
        const problem = await put(file, take)
        busy.current--
        busyBytes.current -= file.size
        if (problem) setFailed(now => [...now, problem])
      }
    },
    [limits, has, put, attached, say],
  )
  /** Files that are not yet what will be attached are on their way as well: nothing is sent without them. */
  const during = useCallback(async <T>(files: readonly File[], work: () => Promise<T>): Promise<T> => {
    const all = files.map(({ name, size }): Going => ({ key: ++lastKey.current, name, size, done: 0 }))
    setGoing(now => [...now, ...all])
    try {
      return await work()
    } finally {
      setGoing(now => now.filter(each => !all.includes(each)))
    }
  }, [])
  const tell = useCallback((sentence: string): void => setFailed(now => [...now, sentence]), [])
  const forgive = useCallback((): void => setFailed([]), [])
  return { going, failed, add, during, tell, forgive }
}

/** Files in a drop. */
export const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])]
