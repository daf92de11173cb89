import { toggle, useView } from '../store/view.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keycap } from '../ui/keycap.tsx'
import { useWords } from './i18n.ts'
import { type KeyId, keyTable, type Scope } from './keys.ts'
import { words } from './keys.words.ts'
import './keys-dialog.css'

const ids = Object.keys(keyTable) as KeyId[]
const scopes: readonly Scope[] = ['global', 'conversation', 'list', 'timeline', 'composer']

/** Every shortcut, read from the table itself: what is not in the table does not exist. */
export function KeysDialog() {
  const t = useWords(words)
  const open = useView(view => view.keysOpen)
  return (
    <Dialog open={open} onOpenChange={to => toggle('keysOpen', to)} title={t('title')} wide>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: longer than a small window: it is scrolled by the keys it lists */}
      <section className="keys" aria-label={t('title')} tabIndex={0} data-autofocus="">
        {scopes.map(scope => (
          <section key={scope} className="keys-scope">
            <h3>{t(scope)}</h3>
            <dl>
              {ids
                .filter(id => keyTable[id].scope === scope)
                .map(id => (
                  <div key={id} className="keys-line">
                    <dt>{t(id)}</dt>
                    <dd>
                      {keyTable[id].chords.map(chord => (
                        <Keycap key={chord} chord={chord} spoken />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  )
}
