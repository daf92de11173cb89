import { useEffect, useState } from 'react'
import type { Attachment } from '#shared/model/item.ts'
import type { Picture } from '#shared/model/rich-text.ts'
import { request } from '../../store/core.ts'
import { useSync } from '../../store/states.ts'

/** A picture in the words of an item; until its bytes are here, and where they are not to be had, its words in its place. */
export function WordPicture({
  itemId,
  file: { sha256, type },
  picture: { width, height },
  words,
}: {
  itemId: string
  file: Attachment
  picture: Picture
  words: string
}) {
  const [url, setUrl] = useState<string | null>(null)
  // What could not be had without the hub is asked for again when it is back.
  const live = useSync()?.phase === 'live'
  const wanted = url === null && live
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` asks once more
  useEffect(() => {
    let gone = false
    if (url === null)
      void request('attachmentRead', { itemId, sha256 }).then(result => {
        if (result.ok && !gone)
          setUrl(URL.createObjectURL(new Blob([result.value.bytes as BlobPart], { type })))
      })
    return () => {
      gone = true
    }
  }, [itemId, sha256, type, wanted])
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url])
  return (
    <span className="word-picture" style={{ width, aspectRatio: `${width} / ${height}` }}>
      {url ? <img src={url} alt={words} title={words} draggable={false} /> : words}
    </span>
  )
}
