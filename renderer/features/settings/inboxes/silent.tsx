import { CircleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { InboxReport, MailTroubleKind } from '#shared/protocol/inboxes.ts'
import { sentences, useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { useInboxes } from '../../../store/directory.ts'
import { useSync } from '../../../store/states.ts'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { Icon } from '../../../ui/icon.tsx'
import { listText } from '../../../ui/numbers.ts'
import '../../sync/banner.css'
import { useMaySetUp } from '../may-set-up.ts'
import { openSettings, useSettings } from '../open.ts'
import { words as troubles } from './trouble.words.ts'
import { words } from './words.ts'

/** Mailboxes are asked about so often. Milliseconds. */
const EVERY = 5 * 60_000
/** What may pass by itself is told when it has not the next time. */
const passing: readonly MailTroubleKind[] = [
  'no-such-host',
  'no-route',
  'too-many',
  'silent',
  'closed',
  'other',
]

interface Silent {
  inboxId: string
  name: string
  kind: MailTroubleKind
}

/** Mailboxes of which nothing comes, with the first reason. */
const silentOf = (inboxes: readonly InboxReport[]): Silent[] =>
  inboxes.flatMap(({ inboxId, name, active, about }) => {
    if (!active || about?.kind !== 'mail') return []
    const { trouble } = about.folders.find(each => each.connectedSince === null && each.trouble) ?? {}
    return trouble ? [{ inboxId, name, kind: trouble.kind }] : []
  })

/** Told over everything to whoever can mend it: a mailbox that is refused looks like a quiet day. For administrators. */
export function SilentInboxes() {
  const t = useWords(words)
  const why = useWords(troubles)
  const maySetUp = useMaySetUp()
  const live = useSync()?.phase === 'live' && maySetUp
  const rows = useInboxes()
  const looking = useSettings(({ page }) => page === 'inboxes')
  const turn = Math.floor(useNow() / EVERY)
  const [silent, setSilent] = useState<readonly Silent[]>([])
  const told = useRef<{ turn: number; now: readonly string[]; earlier: readonly string[] }>({
    ...{ turn, now: [], earlier: [] },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows, time, and that somebody was there are why it is asked again
  useEffect(() => {
    if (!live) return
    let gone = false
    void request('inboxes', {}).then(result => {
      if (gone || !result.ok) return
      const found = silentOf(result.value.inboxes)
      const { current } = told
      const now = found.map(({ inboxId }) => inboxId)
      told.current = { turn, now, earlier: current.turn === turn ? current.earlier : current.now }
      const { earlier } = told.current
      setSilent(found.filter(({ inboxId, kind }) => !passing.includes(kind) || earlier.includes(inboxId)))
    })
    return () => {
      gone = true
    }
  }, [live, rows, looking, turn])
  const [first] = silent
  if (!live || !first) return null
  return (
    <section className="banner banner-bad" role="status">
      <Icon of={CircleAlert} size="s" />
      <span className="banner-what">
        {sentences(
          t('nothing-comes', { names: listText(silent.map(({ name }) => name)) }),
          silent.length === 1 ? why(first.kind) : '',
        )}
      </span>
      <span className="banner-end">
        <Button small onClick={() => openSettings('inboxes')}>
          {t('to-inboxes')}
        </Button>
      </span>
    </section>
  )
}
