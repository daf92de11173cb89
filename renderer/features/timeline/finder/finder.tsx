import { ArrowDown, ArrowUp, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import type { Selected } from '../../customer/selected.ts'
import { Choices } from './choices.tsx'
import { type Finder, MOST_HITS } from './use-finder.ts'
import { words } from './words.ts'
import '../../../ui/search-field.css'
import './finder.css'

/** The line over a timeline that is searched: words, how many were found, and what of the timeline is shown at all. */
export function FinderBar({
  finder,
  selected,
  olderOnHub,
  seek,
}: {
  finder: Finder
  selected: Selected
  /** Part of this timeline is not on this desk. */
  olderOnHub: boolean
  seek: (itemId: string) => void
}) {
  const say = useWords(words)
  const field = useRef<HTMLInputElement>(null)
  const before = useRef<Element | null>(null)
  const { asked, text, count, nth, searching } = finder

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, the field takes the focus again
  useEffect(() => {
    if (!field.current?.contains(document.activeElement)) before.current = document.activeElement
    field.current?.focus()
    field.current?.select()
  }, [asked])

  const close = (): void => {
    finder.close()
    if (before.current instanceof HTMLElement && before.current.isConnected)
      before.current.focus({ preventScroll: true })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter') finder.step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const many = count >= MOST_HITS
  const found =
    text.trim() === '' || (searching && count === 0)
      ? ''
      : count === 0
        ? say('found-none')
        : say(many ? 'found-many' : 'found', { nth, count })

  return (
    <search className="find" aria-label={say('label')} data-finder="">
      <div className="find-line">
        <span className="search-field">
          <Icon of={Search} size="s" />
          <input
            ref={field}
            value={text}
            onChange={event => finder.setText(event.target.value)}
            onKeyDown={onKeyDown}
            placeholder={say('placeholder')}
            aria-label={say('text')}
            maxLength={400}
            spellCheck={false}
          />
          <output className="num meta faint">{found}</output>
        </span>
        <IconButton
          icon={ArrowUp}
          label={say('next')}
          shortcut="find-next"
          size="s"
          disabled={count === 0}
          onClick={() => finder.step(1)}
        />
        <IconButton
          icon={ArrowDown}
          label={say('previous')}
          shortcut="find-previous"
          size="s"
          disabled={count === 0}
          onClick={() => finder.step(-1)}
        />
        <IconButton icon={X} label={say('close')} size="s" onClick={close} />
      </div>
      <Choices finder={finder} selected={selected} seek={seek} />
      {olderOnHub && text.trim() !== '' && <p className="find-older meta faint">{say('found-older')}</p>}
    </search>
  )
}

/** What is chosen leaves nothing of this timeline. */
export function NothingFits({ onClear }: { onClear: () => void }) {
  const say = useWords(words)
  return (
    <Empty
      title={say('nothing-fits')}
      action={
        <Button small onClick={onClear}>
          {say('clear')}
        </Button>
      }
    >
      {say('nothing-fits-hint')}
    </Empty>
  )
}
