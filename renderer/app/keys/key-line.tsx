import { RotateCcw } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { caps, Keycap } from '../../ui/keycap.tsx'
import { listText } from '../../ui/numbers.ts'
import { sentences, useWords } from '../i18n.ts'
import { pressedChord, textOf } from './chord.ts'
import { useKeyName } from './names.ts'
import { chordsOf, clashesOf, type OwnKeys, unfit, withChords } from './own.ts'
import type { KeyId } from './table.ts'
import { words } from './words.ts'

/** One action and its keys; a press on them asks for others. What somebody else means already is said before it is taken. */
export function KeyLine({
  id,
  own,
  onChange,
}: {
  id: KeyId
  own: OwnKeys
  onChange: (own: OwnKeys) => void
}) {
  const t = useWords(words)
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState<{ chord: string; clashes: KeyId[] } | { problem: string } | null>(null)
  const field = useRef<HTMLButtonElement>(null)
  const chords = chordsOf(id, own)
  const nameOf = useKeyName()
  const name = nameOf(id)

  // A dialog hears Escape before its content does: while keys are asked for, it is only the end of asking.
  useEffect(() => {
    if (!asking) return
    const leave = (event: Event): void => {
      if ((event as globalThis.KeyboardEvent).key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      end()
    }
    window.addEventListener('keydown', leave, { capture: true })
    return () => window.removeEventListener('keydown', leave, { capture: true })
  })

  const end = (): void => {
    setAsking(false)
    setSaid(null)
    field.current?.focus()
  }
  const set = (next: readonly string[]): void => {
    onChange(withChords(own, id, next))
    end()
  }
  const pressed = (event: KeyboardEvent): void => {
    if (!asking || event.repeat || event.nativeEvent.isComposing || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Backspace') return void set([])
    const chord = pressedChord(event.nativeEvent)
    if (!chord) return
    const text = textOf(chord)
    const why = unfit(id, text)
    if (why) {
      const problem = sentences(t('not-this', { keys: caps(text).join(' ') }), t(`by-${why}`))
      return void setSaid({ problem })
    }
    const clashes = clashesOf(id, text, own)
    if (clashes.length > 0) setSaid({ chord: text, clashes })
    else set([text])
  }
  const clash = said && 'chord' in said ? said : null

  return (
    <li className="keys-line">
      <span>{name}</span>
      <span className="keys-chords">
        {own[id] && !asking && (
          <IconButton
            icon={RotateCcw}
            size="s"
            label={t('reset', { name })}
            onClick={() => {
              const { [id]: _, ...rest } = own
              onChange(rest)
            }}
          />
        )}
        <button
          ref={field}
          type="button"
          className="keys-field"
          aria-pressed={asking}
          onClick={() => (asking ? end() : setAsking(true))}
          onKeyDown={pressed}
          onBlur={({ relatedTarget }) => {
            if (!(relatedTarget instanceof Element && relatedTarget.closest('.keys-clash'))) setAsking(false)
          }}
        >
          {asking ? (
            <>
              <span className="keys-asking">{t('press-short')}</span>
              <span className="sr">{t('press', { name })}</span>
            </>
          ) : (
            <>
              <span className="sr">{t('keys-of', { name })}</span>
              {chords.length === 0 && <span className="faint">{t('none')}</span>}
              {chords.map(chord => (
                <Keycap key={chord} chord={chord} spoken />
              ))}
              <span className="sr">{t('change')}</span>
            </>
          )}
        </button>
      </span>
      {asking && said && (
        <p className="keys-clash meta" role="alert">
          {'problem' in said ? (
            said.problem
          ) : (
            <>
              {t('clash', {
                keys: caps(said.chord).join(' '),
                name: listText(said.clashes.map(nameOf)),
              })}
              <Button small onClick={() => clash && set([clash.chord])}>
                {t('take')}
              </Button>
            </>
          )}
        </p>
      )}
    </li>
  )
}
