import { useWords } from '../../app/i18n.ts'
import './customer-types.css'
import { words } from './words.ts'

/** @param who empty: nobody types */
export function CustomerTypes({ who }: { who: string }) {
  const say = useWords(words)
  return (
    <p className="comp-typing" role="status">
      {who && (
        <>
          {say('customer-types', { who })}
          <span className="comp-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        </>
      )}
    </p>
  )
}
