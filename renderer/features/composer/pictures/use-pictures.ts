import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react'
import { uuidv7 } from 'uuidv7'
import type { DraftKind } from '#shared/model/draft.ts'
import type { Attachment } from '#shared/model/item.ts'
import { picturesIn, SHOWN } from '#shared/rules/pictures.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import type { Content, useDraft } from '../use-draft.ts'
import type { useFiles } from '../use-files.ts'
import { words } from '../words.ts'
import type { PictureSource, WordsField } from '../words-field.ts'
import { forWords } from './for-words.ts'
import type { PicturePlace } from './places.ts'
import { fitted, measured } from './size.ts'

/**
 * Pictures in the words of a draft: how they come in, where their bytes are, and which files go with the words as they stand. A picture
 * that is taken out takes its file along; what undoing brings back brings it, too.
 */
export function usePictures(
  conversationId: string,
  kind: DraftKind,
  { content, edit, flush }: Pick<ReturnType<typeof useDraft>, 'content' | 'edit' | 'flush'>,
  files: Pick<ReturnType<typeof useFiles>, 'add' | 'during' | 'tell'>,
  field: RefObject<WordsField | null>,
) {
  const say = useWords(words)
  /** All that stood in the words since this was opened, by Content-ID. */
  const seen = useRef(new Map<string, Attachment>())
  for (const file of content?.attachments ?? []) if (file.contentId) seen.current.set(file.contentId, file)
  const urls = useRef(new Map<string, string>())
  useEffect(() => {
    const all = urls.current
    return () => {
      for (const url of all.values()) URL.revokeObjectURL(url)
      all.clear()
    }
  }, [])

  const source = useMemo<PictureSource>(
    () => ({
      knows: contentId => seen.current.has(contentId),
      async url(contentId) {
        const file = seen.current.get(contentId)
        const there = urls.current.get(contentId)
        if (there || !file || !SHOWN.test(file.type)) return there ?? null
        const result = await request('draftFileRead', { conversationId, kind, sha256: file.sha256 })
        if (!result.ok) return null
        const url = URL.createObjectURL(new Blob([result.value.bytes as BlobPart], { type: file.type }))
        urls.current.set(contentId, url)
        return url
      },
    }),
    [conversationId, kind],
  )

  /** Puts them where the caret is; what cannot be shown there goes as a file, and that is said. */
  const add = async (picked: readonly File[]): Promise<void> => {
    const place = field.current?.place?.()
    if (!place) return files.add(picked)
    const ready = await files.during(picked, () => Promise.all(picked.map(forWords)))
    await files.add(ready, async (kept, file) => {
      const shown = await stands(kept, file, place)
      if (shown) return
      edit(({ attachments }) => ({ attachments: [...attachments, kept] }))
      if (shown === null && kept.type.startsWith('image/'))
        files.tell(say('picture-beside', { name: kept.name }))
    })
    place.release()
  }

  /** Puts a picture into the words. @returns null: it is none that is shown; false: the field has gone */
  const stands = async (kept: Attachment, bytes: Blob, place: PicturePlace): Promise<boolean | null> => {
    const size = SHOWN.test(kept.type) ? await measured(bytes) : null
    if (!size) return null
    const contentId = `${uuidv7()}@picture`
    seen.current.set(contentId, { ...kept, contentId })
    urls.current.set(contentId, URL.createObjectURL(bytes))
    return place.put({ contentId, words: kept.name, ...fitted(size) })
  }

  /** A file that is attached already is put where the caret was. */
  const bring = async (file: Attachment): Promise<void> => {
    const place = field.current?.place?.()
    if (!place) return
    // The core reads only what the draft that it has names.
    flush()
    const read = await request('draftFileRead', { conversationId, kind, sha256: file.sha256 })
    if (read.ok) {
      const whole = new File([read.value.bytes as BlobPart], file.name, { type: file.type })
      const lighter = await files.during([whole], () => forWords(whole))
      const put = async (kept: Attachment, bytes: Blob): Promise<void> => {
        if (await stands(kept, bytes, place))
          edit(({ attachments }) => ({ attachments: attachments.filter(each => each !== file) }))
        else files.tell(say('picture-beside', { name: file.name }))
      }
      await (lighter === whole ? put(file, whole) : files.add([lighter], put))
    } else files.tell(say('file-failed', { name: file.name, why: faultSentence(read.fault) }))
    place.release()
    field.current?.refocus()
  }

  /** The files that go with these words. */
  const settled = useCallback(({ rich, attachments }: Content, next: Pick<Content, 'rich'>): Attachment[] => {
    const [before, after] = [picturesIn(rich), picturesIn(next.rich)]
    const stay = attachments.filter(
      ({ contentId }) => contentId === null || after.has(contentId) || !before.has(contentId),
    )
    const there = new Set(stay.map(({ contentId }) => contentId))
    return [...stay, ...[...after].flatMap(id => (there.has(id) ? [] : (seen.current.get(id) ?? [])))]
  }, [])

  return { source, add, bring, settled }
}
