import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { useSync } from '../../store/states.ts'
import { faultToast } from '../../store/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { stay, useSignOut } from './open.ts'
import { words } from './words.ts'

async function signOut(forget: boolean): Promise<void> {
  stay()
  const result = await request('signOut', { forget })
  if (!result.ok) faultToast(result.fault)
}

/** Signing out never loses what has not been sent without saying so and asking. */
export function SignOutDialog() {
  const t = useWords(words)
  const { asked } = useSignOut()
  const waiting = useSync()?.waiting ?? 0
  return (
    <Dialog
      open={asked}
      onOpenChange={stay}
      title={t('sign-out-title')}
      description={waiting > 0 ? t('sign-out-waiting', { count: waiting }) : t('sign-out-plain')}
      footer={
        waiting > 0 ? (
          <>
            <Button kind="danger-line" onClick={() => void signOut(true)}>
              {t('sign-out-lose')}
            </Button>
            <Button kind="ink" data-autofocus="" onClick={stay}>
              {t('wait')}
            </Button>
          </>
        ) : (
          <>
            <Button kind="ghost" data-autofocus="" onClick={stay}>
              {t('stay')}
            </Button>
            <Button onClick={() => void signOut(true)}>{t('sign-out-forget')}</Button>
            <Button kind="ink" onClick={() => void signOut(false)}>
              {t('sign-out-kept')}
            </Button>
          </>
        )
      }
    />
  )
}
