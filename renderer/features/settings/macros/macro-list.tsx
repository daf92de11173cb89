import { Search, Zap } from 'lucide-react'
import { useMemo, useState } from 'react'
import { doesSomething, type Macro } from '#shared/model/macro.ts'
import { finderOf } from '#shared/rules/macro-match.ts'
import { useWords } from '../../../app/i18n.ts'
import { Icon } from '../../../ui/icon.tsx'
import '../../../ui/search-field.css'
import { words } from './words.ts'

/** All macros by folder, found by whatever is in them. */
export function MacroList({ macros, onOpen }: { macros: readonly Macro[]; onOpen: (id: string) => void }) {
  const t = useWords(words)
  const [text, setText] = useState('')
  const finder = useMemo(() => finderOf(macros), [macros])
  const found = finder(text, { family: null, language: '' })
  // In the finder's order: while nothing is looked for, that of folders and names.
  const folders = Map.groupBy(found, ({ folder }) => folder)
  return (
    <>
      <div className="search-field">
        <Icon of={Search} size="s" />
        <input
          type="search"
          aria-label={t('find')}
          placeholder={t('find')}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={event => setText(event.target.value)}
        />
      </div>
      {found.length === 0 && <p className="faint">{t('none-found', { text })}</p>}
      {[...folders].map(([folder, own]) => (
        <section key={folder} className="macro-folder">
          {folders.size > 1 && <h3 className="meta faint">{folder || t('no-folder')}</h3>}
          <ul>
            {own.map(macro => (
              <li key={macro.id}>
                <button type="button" className="macro-row" onClick={() => onOpen(macro.id)}>
                  <span className="macro-name trunc text">{macro.name}</span>
                  <span className="trunc faint text">{macro.text.replace(/\s+/gu, ' ')}</span>
                  <span className="macro-about">
                    {doesSomething(macro.actions) && <Icon of={Zap} size="xs" />}
                    {macro.shortcut && <span>/{macro.shortcut}</span>}
                    <span>{t(macro.agentId === null ? 'team' : 'own')}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
