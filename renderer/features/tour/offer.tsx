import { Route } from 'lucide-react'
import { focusList } from '../../app/columns.ts'
import { useWords } from '../../app/i18n.ts'
import { usePreferences } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { endTour, startTour } from './tour.ts'
import { words } from './words.ts'

/** Whoever is new here is offered the tour where nothing else is shown, until they take it or turn it down. */
export function TourOffer() {
  const t = useWords(words)
  const preferences = usePreferences()
  if (!preferences || preferences.tour) return null
  return (
    <p className="tour-offer">
      <Button small kind="ghost" icon={Route} onClick={startTour}>
        {t('offer')}
      </Button>
      <Button
        small
        kind="ghost"
        onClick={() => {
          endTour('skipped')
          // The button goes.
          focusList()
        }}
      >
        {t('no')}
      </Button>
    </p>
  )
}
