// Pictures that a mail only names: shown when a person asks for it, for this mail or for everything from its sender.
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { Item } from '#shared/model/item.ts'
import { useWords } from '../../app/i18n.ts'
import { prefer, request } from '../../store/core.ts'
import { usePreferences } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import type { SafeMail } from './mail-html.ts'
import { words } from './remote-images.words.ts'

/** Mails whose pictures were asked for, until the desk is closed. */
const useAsked = create<{ items: ReadonlySet<string> }>(() => ({ items: new Set() }))
const ask = (itemId: string): void =>
  useAsked.setState(({ items }) => ({ items: new Set([...items, itemId]) }))

/** Fetched at once; the others wait their turn. */
const AT_ONCE = 4
/** The latest senders that are kept. */
const MOST_SENDERS = 500

export interface RemoteImages {
  /** Whose pictures may always be shown: not of a sender who is not who they claim to be. */
  sender: string | null
  always: boolean
  asked: boolean
  waiting: number
  failed: number
  again(): void
}

/** Fills the pictures of a mail's frame once they are wanted. `loaded` counts the frame's documents; 0: none yet. */
export function useRemoteImages(item: Item, mail: SafeMail, page: Document | null | undefined): RemoteImages {
  const asked = useAsked(({ items }) => items.has(item.id))
  const from = item.mail?.sender === 'unverified' ? undefined : item.mail?.from?.address.toLowerCase()
  const sender = (item.direction === 'in' && from) || null
  const always = usePreferences()?.imagesFrom?.includes(sender ?? '') ?? false
  const [{ waiting, failed }, setCount] = useState({ waiting: 0, failed: 0 })
  const [turn, setTurn] = useState(0)
  const wanted = asked || always

  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn is why it is tried again
  useEffect(() => {
    if (!wanted || !page || mail.pictures.length === 0) return
    const urls: string[] = []
    let gone = false
    const fetchOne = async (address: string, number: number): Promise<void> => {
      const image = page.querySelector(`[data-remote="${number}"]`)
      if (!image || image.hasAttribute('src')) return
      const result = await request('remoteImage', { itemId: item.id, url: address })
      if (gone) return
      if (result.ok) {
        const { bytes, type } = result.value
        const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type }))
        urls.push(url)
        image.setAttribute('src', url)
      }
      setCount(before => ({ waiting: before.waiting - 1, failed: before.failed + (result.ok ? 0 : 1) }))
    }
    const open = mail.pictures
      .map((address, number) => [address, number] as const)
      .filter(([, number]) => !page.querySelector(`[data-remote="${number}"]`)?.hasAttribute('src'))
    setCount({ waiting: open.length, failed: 0 })
    const work = async (): Promise<void> => {
      for (let next = open.shift(); next && !gone; next = open.shift()) await fetchOne(...next)
    }
    for (let hand = 0; hand < AT_ONCE; hand++) void work()
    return () => {
      gone = true
      for (const url of urls) URL.revokeObjectURL(url)
      for (const image of page.querySelectorAll('[data-remote]')) image.removeAttribute('src')
    }
  }, [wanted, page, mail, item.id, turn])

  return { sender, always, asked, waiting, failed, again: () => setTurn(turn + 1) }
}

/** What was not fetched, and the ways to see it. */
export function RemoteImagesLine({
  item,
  mail,
  images,
}: {
  item: Item
  mail: SafeMail
  images: RemoteImages
}) {
  const t = useWords(words)
  const known = usePreferences()?.imagesFrom ?? []
  const { sender, always, asked, waiting, failed, again } = images
  if (mail.remoteImages === 0) return null
  const remember = (imagesFrom: string[]): Promise<void> =>
    prefer({ imagesFrom: imagesFrom.slice(-MOST_SENDERS) })
  const wanted = asked || always
  const can = mail.pictures.length > 0
  return (
    <div className="tl-images meta faint" role="status">
      {!wanted && <span>{t('left', { count: mail.remoteImages })}</span>}
      {wanted && waiting > 0 && <span>{t('fetching', { count: waiting })}</span>}
      {wanted && waiting === 0 && failed > 0 && (
        <>
          <span>{t('failed', { count: failed })}</span>
          <Button small kind="ghost" onClick={again}>
            {t('again')}
          </Button>
        </>
      )}
      {!wanted && can && (
        <Button small title={t('show-hint')} onClick={() => ask(item.id)}>
          {t('show')}
        </Button>
      )}
      {!always && sender && can && (
        <Button small kind="ghost" className="trunc" onClick={() => void remember([...known, sender])}>
          {t('always', { address: sender })}
        </Button>
      )}
      {always && sender && (
        <>
          <span>{t('is-always', { address: sender })}</span>
          <Button
            small
            kind="ghost"
            onClick={() => void remember(known.filter(address => address !== sender))}
          >
            {t('ask')}
          </Button>
        </>
      )}
    </div>
  )
}
