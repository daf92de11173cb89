import { Search } from 'lucide-react'
import { useState } from 'react'
import { prefer } from '../../store/core.ts'
import { usePreferences } from '../../store/states.ts'
import { toggle, useView } from '../../store/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import '../../ui/search-field.css'
import { useWords } from '../i18n.ts'
import { KeyLine } from './key-line.tsx'
import './keys-dialog.css'
import { useKeyName } from './names.ts'
import type { OwnKeys } from './own.ts'
import { keyIds, keyTable, type Scope } from './table.ts'
import { words } from './words.ts'

const scopes: readonly Scope[] = ['global', 'conversation', 'list', 'timeline', 'composer']

const save = (keys: OwnKeys): Promise<void> => prefer({ keys })

/** Every shortcut, read from the table itself: what is not in the table does not exist. Here they are looked up, and changed. */
export function KeysDialog() {
  const t = useWords(words)
  const open = useView(view => view.keysOpen)
  return (
    <Dialog open={open} onOpenChange={to => toggle('keysOpen', to)} title={t('title')} wide>
      <Keys />
    </Dialog>
  )
}

/** All keys, to be looked up and changed. */
export function Keys() {
  const t = useWords(words)
  const own = usePreferences()?.keys ?? {}
  const [text, setText] = useState('')
  const wanted = text.trim().toLocaleLowerCase()
  const name = useKeyName()
  const found = keyIds.filter(id => name(id).toLocaleLowerCase().includes(wanted))
  return (
    <div className="keys">
      <div className="keys-head">
        <label className="search-field grow">
          <Icon of={Search} size="s" />
          <input
            type="search"
            value={text}
            onChange={({ target }) => setText(target.value)}
            placeholder={t('find-key')}
            aria-label={t('find-key')}
          />
        </label>
        {Object.keys(own).length > 0 && (
          <Button small kind="ghost" onClick={() => void save({})}>
            {t('reset-all')}
          </Button>
        )}
      </div>
      {found.length === 0 && (
        <p className="faint" role="status">
          {t('no-key', { text: text.trim() })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: longer than a small window: it is scrolled by the keys it lists */}
      <section className="keys-all" aria-label={t('title')} tabIndex={0}>
        {scopes.map(scope => {
          const ids = found.filter(id => keyTable[id].scope === scope)
          if (ids.length === 0) return null
          return (
            <section key={scope} className="keys-scope">
              <h3>{t(scope)}</h3>
              <ul>
                {ids.map(id => (
                  <KeyLine key={id} id={id} own={own} onChange={next => void save(next)} />
                ))}
              </ul>
            </section>
          )
        })}
      </section>
      <p className="meta faint">{t('change-hint')}</p>
    </div>
  )
}
