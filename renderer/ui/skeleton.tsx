import { useWords } from '../app/i18n.ts'
import './skeleton.css'
import { words } from './words.ts'

/** Grey bars where rows will be. They wait a moment before they show: what is local is there sooner. */
export function SkeletonRows({ count, flat }: { count: number; flat?: boolean /** Rows of a table. */ }) {
  const t = useWords(words)
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div className={flat ? 'skeleton-row skeleton-flat' : 'skeleton-row'} key={index}>
          <i className="skeleton-dot" />
          <div className="grow">
            <i style={{ width: `${42 + ((index * 17) % 24)}%` }} />
            {!flat && <i style={{ width: `${70 + ((index * 29) % 22)}%` }} />}
          </div>
          <i className="skeleton-time" />
        </div>
      ))}
    </div>
  )
}
