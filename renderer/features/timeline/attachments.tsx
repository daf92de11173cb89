import {
  File,
  FileArchive,
  FileSpreadsheet,
  FileText,
  Image,
  type LucideIcon,
  Music,
  Video,
} from 'lucide-react'
import { useState } from 'react'
import type { Attachment, Item } from '#shared/model/item.ts'
import { picturesIn } from '#shared/rules/pictures.ts'
import { faultSentence } from '../../app/faults.ts'
import { request } from '../../store/core.ts'
import { toast } from '../../store/toasts.ts'
import { Icon } from '../../ui/icon.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { sizeText } from '../../ui/size.ts'
import { useTimelineWords } from './context.ts'

/** The drawing that goes with a file's type or name. */
export function drawingOf({ type, name }: Pick<Attachment, 'type' | 'name'>): LucideIcon {
  if (type.startsWith('image/')) return Image
  if (type.startsWith('audio/')) return Music
  if (type.startsWith('video/')) return Video
  if (/\.(?:csv|xlsx?|ods|numbers)$/iu.test(name)) return FileSpreadsheet
  if (/\.(?:zip|gz|tgz|rar|7z|tar)$/iu.test(name)) return FileArchive
  if (/\.(?:pdf|docx?|odt|rtf|txt|md|pages)$/iu.test(name) || type.startsWith('text/')) return FileText
  return File
}

/** Files of an item. Pictures of the layout are not listed where that can be shown, those in the words nowhere. */
export function Attachments({ item, hasHtml = false }: { item: Item; hasHtml?: boolean }) {
  const say = useTimelineWords()
  const inWords = picturesIn(item.rich)
  const files = item.attachments.filter(
    ({ contentId, type }) =>
      !(contentId && (inWords.has(contentId) || (hasHtml && type.startsWith('image/')))),
  )
  if (files.length === 0) return null
  return (
    <ul className="tl-files" aria-label={say('attachments')}>
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one file may be there twice
        <li key={`${file.sha256}:${index}`}>
          <FileChip file={file} itemId={item.id} />
        </li>
      ))}
    </ul>
  )
}

/** Getting a file of an entry and handing it to the person. */
export function useSaving(
  file: Attachment,
  itemId: string,
): { getting: boolean; name: string; save(): void } {
  const say = useTimelineWords()
  const [getting, setGetting] = useState(false)
  const name = file.name || say('attachments')

  const save = async (): Promise<void> => {
    setGetting(true)
    const result = await request('attachmentRead', { itemId, sha256: file.sha256 })
    setGetting(false)
    if (!result.ok)
      return void toast(say('attachment-failed', { name, why: faultSentence(result.fault) }), { tone: 'bad' })
    // Always octets: the desk never renders a file, it hands it to the system to keep.
    saveFile(new Blob([result.value.bytes as BlobPart], { type: 'application/octet-stream' }), name)
  }
  return { getting, name, save: () => void (getting || save()) }
}

function FileChip({ file, itemId }: { file: Attachment; itemId: string }) {
  const say = useTimelineWords()
  const { getting, name, save } = useSaving(file, itemId)
  return (
    <button
      type="button"
      className="tl-file"
      aria-busy={getting || undefined}
      title={name}
      aria-label={say(getting ? 'attachment-getting' : 'attachment-open', {
        name,
        size: sizeText(file.size),
      })}
      onClick={save}
    >
      <Icon of={drawingOf(file)} size="s" />
      {/* The space is for those who hear or say the button's words. */}
      <span className="trunc">{name}</span> <span className="faint num">{sizeText(file.size)}</span>
    </button>
  )
}
