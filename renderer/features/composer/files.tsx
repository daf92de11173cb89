import { CircleAlert, ImageUp, X } from 'lucide-react'
import type { Channel } from '#shared/model/channel.ts'
import type { Attachment } from '#shared/model/item.ts'
import { SHOWN } from '#shared/rules/pictures.ts'
import { useWords } from '../../app/i18n.ts'
import { Icon } from '../../ui/icon.tsx'
import { Progress } from '../../ui/progress.tsx'
import { sizeText } from '../../ui/size.ts'
import { drawingOf } from '../timeline/attachments.tsx'
import { bytesOf, filesAreMany } from './limits.ts'
import type { Going } from './use-files.ts'
import { words } from './words.ts'

/** What goes with the message: what is attached, what is being read, and what could not be. */
export function Files({
  files,
  inWords,
  going,
  failed,
  limits,
  onRemove,
  onIntoWords,
}: {
  files: readonly Attachment[]
  /** By Content-ID: those that stand in the words are seen there. */
  inWords: ReadonlySet<string>
  going: readonly Going[]
  failed: readonly string[]
  /** Of the channel they go by; undefined: there are none. */
  limits: Channel['limits'] | undefined
  onRemove: (file: Attachment) => void
  /** Undefined: the words take no pictures. */
  onIntoWords: ((file: Attachment) => void) | undefined
}) {
  const say = useWords(words)
  const shown = files.filter(({ contentId }) => contentId === null || !inWords.has(contentId))
  const many = limits && filesAreMany(files, limits)
  if (shown.length + going.length + failed.length === 0 && !many) return null
  return (
    <div className="comp-files">
      <ul className="tl-files">
        {shown.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one file may be attached twice
          <li key={`${file.sha256}:${index}`} className="tl-file comp-file">
            <Icon of={drawingOf(file)} size="s" />
            <span className="trunc" title={file.name}>
              {file.name}
            </span>
            <span className="faint num">{sizeText(file.size)}</span>
            {onIntoWords && SHOWN.test(file.type) && (
              <button
                type="button"
                aria-label={say('picture-in', { name: file.name })}
                title={say('picture-in', { name: file.name })}
                onClick={() => onIntoWords(file)}
              >
                <Icon of={ImageUp} size="xs" />
              </button>
            )}
            <button
              type="button"
              aria-label={say('file-remove', { name: file.name })}
              onClick={() => onRemove(file)}
            >
              <Icon of={X} size="xs" />
            </button>
          </li>
        ))}
        {going.map(({ key, name, size, done }) => (
          <li key={`going:${key}`} className="tl-file comp-file comp-going">
            <span className="trunc">{name}</span>
            <span className="faint num">{sizeText(size)}</span>
            <Progress label={say('file-reading', { name })} done={done} total={size} />
          </li>
        ))}
      </ul>
      {many && (
        <p className="comp-room meta faint num">
          {say('files-room', {
            count: files.length,
            size: sizeText(bytesOf(files)),
            limit: sizeText(limits.attachmentBytes),
            most: limits.attachments,
          })}
        </p>
      )}
      {failed.map(text => (
        <p key={text} className="comp-problem" role="alert">
          <Icon of={CircleAlert} size="s" />
          {text}
        </p>
      ))}
    </div>
  )
}
