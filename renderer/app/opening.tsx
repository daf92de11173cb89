import { Mark } from '../ui/mark.tsx'
import { useWords } from './i18n.ts'
import './opening.css'
import { words } from './words.ts'

/** The moment before the replica is open. It shows nothing for the first half second: usually it is over then. */
export function Opening() {
  const t = useWords(words)
  return (
    <main className="opening opening-late" aria-busy="true">
      <Mark />
      <h1 className="meta">{t('opening')}</h1>
    </main>
  )
}
