import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Item } from '#shared/model/item.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { opensOutside, safeMail } from './mail-html.ts'
import { RemoteImagesLine, useRemoteImages } from './remote-images.tsx'
import { words } from './words.ts'

const MIN_HEIGHT = 24
const MAX_HEIGHT = 20_000

/**
 * A mail as it was laid out, in a frame that runs nothing and loads nothing. The host reaches in (same origin, no script inside): it
 * measures the height, opens links on a click, and fills in the pictures that came with the mail.
 */
export function MailFrame({ item, html, who }: { item: Item; html: string; who: string }) {
  const say = useWords(words)
  const frame = useRef<HTMLIFrameElement>(null)
  const mail = useMemo(() => safeMail(html), [html])
  const [height, setHeight] = useState(MIN_HEIGHT)
  /** The document that was loaded last. */
  const [page, setPage] = useState<Document | null>(null)

  const images = useRemoteImages(item, mail, page)

  const dark = useDark() && !mail.ownColours
  // Before it is painted: neither a flash of light nor a jump in height.
  useLayoutEffect(() => {
    page?.documentElement.toggleAttribute('data-dark', dark)
  }, [page, dark])

  useLayoutEffect(() => {
    if (!page?.body) return
    const measure = (): void => {
      const tall = Math.ceil(
        Math.max(page.documentElement.getBoundingClientRect().height, page.body.scrollHeight),
      )
      setHeight(Math.min(Math.max(tall, MIN_HEIGHT), MAX_HEIGHT))
    }
    const follow = (event: Event): boolean => {
      const target = (event.target as Element | null)?.closest?.('[data-link]')
      const address = mail.links[Number(target?.getAttribute('data-link') ?? -1)]
      if (!address || !opensOutside(address)) return false
      event.preventDefault()
      window.open(address, '_blank', 'noopener,noreferrer')
      return true
    }
    // A key pressed inside the frame means what it means outside.
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Enter' && follow(event)) return
      const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event
      const same = { key, code, ctrlKey, metaKey, altKey, shiftKey, bubbles: true, cancelable: true }
      if (frame.current?.dispatchEvent(new KeyboardEvent('keydown', same)) === false) event.preventDefault()
    }
    const size = new ResizeObserver(measure)
    size.observe(page.documentElement)
    size.observe(page.body)
    page.addEventListener('click', follow)
    page.addEventListener('keydown', key)
    measure()
    return () => {
      size.disconnect()
      page.removeEventListener('click', follow)
      page.removeEventListener('keydown', key)
    }
  }, [page, mail])

  useEffect(() => {
    if (!page) return
    const urls: string[] = []
    let gone = false
    const fill = async (contentId: string, number: number): Promise<void> => {
      const attachment = item.attachments.find(each => bare(each.contentId) === contentId)
      if (!attachment?.type.startsWith('image/')) return
      const result = await request('attachmentRead', { itemId: item.id, sha256: attachment.sha256 })
      if (!result.ok || gone) return
      const url = URL.createObjectURL(new Blob([result.value.bytes as BlobPart], { type: attachment.type }))
      urls.push(url)
      page.querySelector(`[data-cid="${number}"]`)?.setAttribute('src', url)
    }
    for (const [number, contentId] of mail.contentIds.entries()) void fill(contentId, number)
    return () => {
      gone = true
      for (const url of urls) URL.revokeObjectURL(url)
    }
  }, [page, mail, item.id, item.attachments])

  return (
    <div className="tl-original">
      <div className="tl-frame" data-paper={mail.ownColours || undefined}>
        <iframe
          ref={frame}
          title={say('frame-title', { who })}
          sandbox="allow-same-origin"
          srcDoc={mail.document}
          style={{ height }}
          onLoad={({ currentTarget }) => setPage(currentTarget.contentDocument)}
        />
      </div>
      <RemoteImagesLine item={item} mail={mail} images={images} />
    </div>
  )
}

/** Whether the desk is dark now. */
const useDark = (): boolean =>
  useSyncExternalStore(
    changed => {
      const observer = new MutationObserver(changed)
      observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
      return () => observer.disconnect()
    },
    () => document.documentElement.dataset.theme === 'dark',
  )

const bare = (contentId: string | null): string => (contentId ?? '').replace(/^<|>$/gu, '')
