import { type CSSProperties, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { focusList } from '../../app/columns.ts'
import { useWords } from '../../app/i18n.ts'
import { Button } from '../../ui/button.tsx'
import './tour.css'
import { bringToSight, endTour, goOn, steps, targetOf, useTour } from './tour.ts'
import { words } from './words.ts'

/** What is shown of a place: a ring around it, and a card beside it. The desk under it stays as it is, and usable. */
export function Tour() {
  const at = useTour(state => state.at)
  return at === null ? null : createPortal(<Shown key={at} at={at} />, document.body)
}

const GAP = 12
const WIDTH = 320
/** As wide as it will be, so that its height is known. */
const unlaid: CSSProperties = { visibility: 'hidden', left: 0, top: 0, width: WIDTH }

function Shown({ at }: { at: number }) {
  const t = useWords(words)
  const card = useRef<HTMLDivElement>(null)
  const before = useRef<Element | null>(null)
  const [place, setPlace] = useState<{ ring: DOMRect; card: CSSProperties } | null>(null)
  const step = steps[at]!

  useLayoutEffect(() => {
    bringToSight(step)
    const lay = (): void => {
      const ring = targetOf(step)?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 2)
      setPlace({ ring, card: beside(ring, card.current?.offsetHeight ?? 200) })
    }
    lay()
    addEventListener('resize', lay)
    return () => removeEventListener('resize', lay)
  }, [step])

  // What has no place yet is not to be seen, and takes no focus.
  const laid = place !== null
  useEffect(() => {
    if (!laid) return
    before.current = document.activeElement
    card.current?.focus({ preventScroll: true })
    return () => {
      const { current: to } = before
      if (!(to instanceof HTMLElement) || to.closest('.tour-card')) return
      // What offered it goes with it. Where there is room for one column, the list is drawn before it takes the focus: not from here.
      if (useTour.getState().at === null && to.closest('.tour-offer')) queueMicrotask(focusList)
      else to.focus()
    }
  }, [laid])

  const pressed = (event: KeyboardEvent): void => {
    // Keys are the tour's while one is in it.
    event.stopPropagation()
    if (event.key === 'Escape') endTour('skipped')
    else if (event.key === 'ArrowRight' || (event.key === 'Enter' && event.target === card.current)) goOn(1)
    else if (event.key === 'ArrowLeft') goOn(-1)
    else return
    event.preventDefault()
  }
  const ring = place?.ring
  return (
    <>
      {ring && ring.width > 0 && (
        <div
          className="tour-ring"
          style={{ left: ring.left, top: ring.top, width: ring.width, height: ring.height }}
        />
      )}
      <div
        ref={card}
        className="tour-card"
        role="dialog"
        aria-label={t(`${step}-title`)}
        aria-describedby="tour-text"
        tabIndex={-1}
        style={place?.card ?? unlaid}
        onKeyDown={pressed}
      >
        <h2 className="semi">{t(`${step}-title`)}</h2>
        <p id="tour-text">{t(`${step}-text`)}</p>
        <footer className="tour-foot">
          <span className="meta faint num">{t('of', { at: at + 1, count: steps.length })}</span>
          <span className="grow" />
          {at + 1 < steps.length && (
            <Button small kind="ghost" onClick={() => endTour('skipped')}>
              {t('skip')}
            </Button>
          )}
          {at > 0 && (
            <Button small onClick={() => goOn(-1)}>
              {t('back')}
            </Button>
          )}
          <Button small kind="ink" onClick={() => goOn(1)}>
            {t(at + 1 < steps.length ? 'next' : 'done')}
          </Button>
        </footer>
      </div>
    </>
  )
}

/** To the right of it where there is room, else under or above it, and never out of the window. */
function beside(ring: DOMRect, height: number): CSSProperties {
  const right = ring.right + GAP
  const inWindow = (value: number, size: number, all: number): number =>
    Math.max(GAP, Math.min(value, all - size - GAP))
  if (right + WIDTH + GAP <= innerWidth)
    return { left: right, top: inWindow(ring.top, height, innerHeight), width: WIDTH }
  const below = ring.bottom + GAP
  const top = below + height + GAP <= innerHeight ? below : ring.top - height - GAP
  return {
    left: inWindow(ring.left + ring.width / 2 - WIDTH / 2, WIDTH, innerWidth),
    top: inWindow(top, height, innerHeight),
    width: WIDTH,
  }
}
