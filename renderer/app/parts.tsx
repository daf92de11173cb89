// What the desk is put together from besides its first sight, each in a file that is read later.
import { useSettings, useSignOut } from '../features/settings/open.ts'
import { useTour } from '../features/tour/tour.ts'
import { words } from '../ui/words.ts'
import { useWords } from './i18n.ts'
import { part } from './later.tsx'

export const Customers = part(() =>
  import('../features/customers/customers.tsx').then(file => file.Customers),
)
export const Segments = part(() => import('../features/customers/segments.tsx').then(file => file.Segments))
export const SignIn = part(() => import('../features/sign-in/sign-in.tsx').then(file => file.SignIn))

const SettingsFile = part(() => import('../features/settings/settings.tsx').then(file => file.Settings))
const TourFile = part(() => import('../features/tour/tour-card.tsx').then(file => file.Tour))

export function Settings() {
  const open = useSettings(state => state.page !== null)
  const asked = useSignOut(state => state.asked)
  return <SettingsFile needed={open || asked} meanwhile={<Coming />} />
}

export const SilentInboxes = part(() =>
  import('../features/settings/inboxes/silent.tsx').then(file => file.SilentInboxes),
)

export const Tour = () => <TourFile needed={useTour(state => state.at !== null)} />

/** A dialog that is being read: keys that are pressed meanwhile were meant for it and do nothing. */
function Coming() {
  const t = useWords(words)
  return <div className="sr" role="dialog" data-modal="" aria-busy="true" aria-label={t('loading')} />
}
