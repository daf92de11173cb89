import { Fragment, type ReactNode, useState } from 'react'
import { useWords } from '../../app/i18n.ts'
import { words } from './words.ts'

const ADDRESS = /https:\/\/[^\s<>"'，。；：！？、（）【】“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu

/** Text with its https and mail addresses as links. Nothing else becomes one (security baseline). */
export function linked(text: string): ReactNode[] {
  const parts: ReactNode[] = []
  let at = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/u, '')
    if (match.index > at) parts.push(<Fragment key={at}>{text.slice(at, match.index)}</Fragment>)
    const href = address.includes('://') ? address : `mailto:${address}`
    parts.push(
      <a key={match.index} href={href} target="_blank" rel="noopener noreferrer">
        {address}
      </a>,
    )
    at = match.index + address.length
  }
  if (at < text.length) parts.push(<Fragment key={at}>{text.slice(at)}</Fragment>)
  return parts
}

const LINES = 40
const LETTERS = 6000

/** The beginning of a very long text, cut at a line; null when it is not very long. */
export function beginning(text: string): string | null {
  let end = -1
  for (let line = 0; line < LINES; line++) {
    end = text.indexOf('\n', end + 1)
    if (end < 0) break
  }
  const cut = Math.min(end < 0 ? text.length : end, LETTERS)
  return text.length - cut < 400 ? null : text.slice(0, cut).trimEnd()
}

/** A message's words. A very long one is shown in part, so that one mail of a megabyte does not hold up the whole timeline. */
export function PlainText({
  text,
  className = '',
  drawn = linked,
}: {
  text: string
  className?: string
  drawn?: (text: string) => ReactNode[]
}) {
  const say = useWords(words)
  const [whole, setWhole] = useState(false)
  const short = beginning(text)
  if (text === '') return null
  return (
    <>
      <p className={`plain text ${className}`} dir="auto">
        {drawn(whole || short === null ? text : `${short} …`)}
      </p>
      {short !== null && (
        <button type="button" className="tl-more" onClick={() => setWhole(!whole)} aria-expanded={whole}>
          {say(whole ? 'show-less' : 'show-all')}
        </button>
      )}
    </>
  )
}
