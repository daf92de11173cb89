import type { Visit } from '#shared/model/conversation.ts'
import { languageName } from '#shared/model/language.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { useCustomerThere } from '../../store/states.ts'
import { Chip } from '../../ui/chip.tsx'
import { words } from './words.ts'

/** Where the customer wrote from. What they typed is said to be typed: it proves nothing about who they are. */
export function VisitPart({ conversationId, visit }: { conversationId: string; visit: Visit }) {
  const say = useWords(words)
  const language = useLanguage()
  const there = useCustomerThere(conversationId)
  return (
    <section className="panel-part">
      <h2>
        {say('visit')}
        {there && <Chip tone="quiet">{say('visit-here')}</Chip>}
      </h2>
      <dl className="panel-details">
        {visit.page && (
          <>
            <dt>{say('visit-page')}</dt>
            <dd className="trunc text" title={visit.page}>
              {visit.title || visit.page}
            </dd>
          </>
        )}
        {visit.device && (
          <>
            <dt>{say('visit-device')}</dt>
            <dd className="trunc">{visit.device}</dd>
          </>
        )}
        {visit.locale && (
          <>
            <dt>{say('language')}</dt>
            <dd className="trunc">{languageName(visit.locale, language)}</dd>
          </>
        )}
        {visit.typedEmail && (
          <>
            <dt>{say('visit-email')}</dt>
            <dd className="trunc text" title={say('visit-unproven')}>
              {visit.typedEmail} <span className="meta faint">{say('visit-unproven')}</span>
            </dd>
          </>
        )}
        {visit.user && (
          <>
            <dt>{say('visit-user')}</dt>
            <dd className="trunc text" title={say('visit-proven')}>
              {visit.user}
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}
