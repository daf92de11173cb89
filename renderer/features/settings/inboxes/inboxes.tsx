import { Mail, MessageCircle } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { Fault } from '#shared/protocol/fault.ts'
import type { InboxReport } from '#shared/protocol/inboxes.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { useInboxes } from '../../../store/directory.ts'
import { useSync } from '../../../store/states.ts'
import { faultToast } from '../../../store/toasts.ts'
import { Button } from '../../../ui/button.tsx'
import { useNowBySecond } from '../../../ui/clock.ts'
import { Empty } from '../../../ui/empty.tsx'
import { PageFoot, PageHead, SettingsPages } from '../pages.tsx'
import { ChatForm } from './chat-form.tsx'
import { InboxList } from './inbox-list.tsx'
import './inboxes.css'
import { MailForm } from './mail-form.tsx'
import { NewMail } from './new-mail.tsx'
import { words } from './words.ts'

type Place = { at: 'list' } | { at: 'new-mail' | 'new-chat' } | { at: 'inbox'; inbox: InboxReport }

export function Inboxes() {
  const t = useWords(words)
  const [place, setPlace] = useState<Place>({ at: 'list' })
  const offline = useSync()?.offlineSince !== null
  const { inboxes, fault, ask } = useReports(offline)
  const toList = (): void => {
    setPlace({ at: 'list' })
    ask()
  }
  const title =
    place.at === 'list'
      ? t('title')
      : place.at === 'inbox'
        ? place.inbox.name
        : t(place.at === 'new-mail' ? 'add-mail' : 'add-chat')
  return (
    <SettingsPages title={title} at={place.at} onBack={toList}>
      {offline && <p className="pages-note">{t('offline')}</p>}
      {place.at === 'list' && (
        <>
          <PageHead lead={t('lead')}>
            <Button icon={Mail} onClick={() => setPlace({ at: 'new-mail' })}>
              {t('add-mail')}
            </Button>
            <Button icon={MessageCircle} onClick={() => setPlace({ at: 'new-chat' })}>
              {t('add-chat')}
            </Button>
          </PageHead>
          {inboxes === null ? (
            fault && !offline ? (
              <p className="pages-note" role="alert">
                {faultSentence(fault)}
              </p>
            ) : (
              !offline && <p className="faint">{t('loading')}</p>
            )
          ) : inboxes.length === 0 ? (
            <Empty title={t('none')}>{t('none-hint')}</Empty>
          ) : (
            <InboxList inboxes={inboxes} onOpen={inbox => setPlace({ at: 'inbox', inbox })} />
          )}
        </>
      )}
      {place.at === 'new-mail' && <NewMail offline={offline} onDone={toList} />}
      {place.at === 'new-chat' && <ChatForm inbox={null} offline={offline} onDone={toList} />}
      {place.at === 'inbox' && <OneInbox inbox={place.inbox} offline={offline} onDone={toList} />}
    </SettingsPages>
  )
}

function OneInbox({ inbox, offline, onDone }: { inbox: InboxReport; offline: boolean; onDone(): void }) {
  const t = useWords(words)
  const [busy, setBusy] = useState(false)
  const toggle = async (): Promise<void> => {
    setBusy(true)
    const result = await request('inboxChange', { inboxId: inbox.inboxId, change: { active: !inbox.active } })
    setBusy(false)
    if (result.ok) onDone()
    else faultToast(result.fault)
  }
  const pauses =
    inbox.about?.kind === 'chat' ? 'pause-chat' : inbox.about?.imap === null ? 'pause-port' : 'pause-mail'
  return (
    <>
      {inbox.about?.kind === 'chat' ? (
        <ChatForm inbox={inbox} offline={offline} onDone={onDone} />
      ) : (
        <MailForm inbox={inbox} provider={null} offline={offline} onDone={onDone} />
      )}
      <PageFoot hint={t(pauses)}>
        <Button small busy={busy} disabled={offline} onClick={() => void toggle()}>
          {t(inbox.active ? 'pause' : 'resume')}
        </Button>
      </PageFoot>
    </>
  )
}

/** A mailbox that was just saved is connected within seconds. Milliseconds. */
const EVERY = 5_000

/** How the inboxes are, by the hub's word; anew when a row changes and every few seconds, as long as one looks. */
function useReports(offline: boolean) {
  const [inboxes, setInboxes] = useState<readonly InboxReport[] | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const rows = useInboxes()
  const turn = Math.floor(useNowBySecond() / EVERY)
  const ask = useCallback(() => {
    void request('inboxes', {}).then(result => {
      if (result.ok) setInboxes(result.value.inboxes)
      setFault(result.ok ? null : result.fault)
    })
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows and time are why it is asked again
  useEffect(() => {
    if (!offline) ask()
  }, [ask, offline, rows, turn])
  return { inboxes, fault, ask }
}
