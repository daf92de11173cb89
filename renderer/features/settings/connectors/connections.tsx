import { ChevronRight, Plug, Plus } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { ConnectorReport, Connectors } from '#shared/protocol/connectors.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { useSync } from '../../../store/states.ts'
import { faultToast } from '../../../store/toasts.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { useNow } from '../../../ui/clock.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { dayAndTime } from '../../../ui/time.ts'
import { troubleText } from '../../customer/cards/trouble.ts'
import { words as cardWords } from '../../customer/cards/words.ts'
import { PageFoot, PageHead, SettingsPages } from '../pages.tsx'
import { ConnectionForm } from './connection-form.tsx'
import './connections.css'
import { words } from './words.ts'

type Place = { at: 'list' } | { at: 'new'; kind: string } | { at: 'one'; report: ConnectorReport }

/** Other systems that know the customers: for administrators, by the hub's word, nothing of it is kept here. */
export function Connections() {
  const t = useWords(words)
  const language = useLanguage() === 'en' ? 'en' : 'zh'
  const [place, setPlace] = useState<Place>({ at: 'list' })
  const offline = useSync()?.offlineSince !== null
  const { known, fault, ask } = useKnown(offline)
  const toList = (): void => {
    setPlace({ at: 'list' })
    ask()
  }
  const kindId = place.at === 'new' ? place.kind : place.at === 'one' ? place.report.kind : ''
  const kind = known?.kinds.find(({ id }) => id === kindId)
  const title =
    place.at === 'one'
      ? place.report.name || t('title')
      : place.at === 'new'
        ? (kind?.label[language] ?? t('new-title'))
        : t('title')
  return (
    <SettingsPages title={title} at={place.at} onBack={toList}>
      {offline && <p className="pages-note">{t('offline')}</p>}
      {place.at === 'list' ? (
        <>
          <PageHead lead={t('lead')}>
            {known?.kinds.map(({ id, label }) => (
              <Button key={id} icon={Plus} onClick={() => setPlace({ at: 'new', kind: id })}>
                {label[language]}
              </Button>
            ))}
          </PageHead>
          {known === null ? (
            !offline && (
              <p className={fault ? 'pages-note' : 'faint'} role={fault ? 'alert' : undefined}>
                {fault ? faultSentence(fault) : t('loading')}
              </p>
            )
          ) : known.connectors.length === 0 ? (
            <Empty title={t('none')}>{t('none-hint')}</Empty>
          ) : (
            <ul className="pages-list">
              {known.connectors.map(report => (
                <Row
                  key={report.connectorId}
                  report={report}
                  kind={known.kinds.find(({ id }) => id === report.kind)?.label[language] ?? ''}
                  onOpen={() => setPlace({ at: 'one', report })}
                />
              ))}
            </ul>
          )}
        </>
      ) : (
        <>
          {kind && (
            <ConnectionForm
              kind={kind}
              before={place.at === 'one' ? place.report : null}
              offline={offline}
              onDone={toList}
            />
          )}
          {place.at === 'one' && <Foot report={place.report} offline={offline} onDone={toList} />}
        </>
      )}
    </SettingsPages>
  )
}

function Row({ report, kind, onOpen }: { report: ConnectorReport; kind: string; onOpen(): void }) {
  const t = useWords(words)
  const tell = useWords(cardWords)
  const now = useNow()
  const { name, active, last } = report
  const time = last ? dayAndTime(last.at, now) : ''
  const state =
    report.kind === ''
      ? t('closed')
      : !last
        ? t('not-asked')
        : last.trouble
          ? t('answered-not', { time, why: troubleText(last.trouble, tell) })
          : t('answered', { time })
  return (
    <li>
      <button type="button" className="pages-row" onClick={onOpen}>
        <Icon of={Plug} />
        <span className="pages-names">
          <bdi className="pages-name">{name || report.connectorId}</bdi>
          <span className="meta faint">{kind}</span>
        </span>
        {active || report.kind === '' ? (
          <span className="pages-state" data-bad={report.kind === '' || last?.trouble ? '' : undefined}>
            {state}
          </span>
        ) : (
          <Chip>{t('paused')}</Chip>
        )}
        <Icon of={ChevronRight} size="s" />
      </button>
    </li>
  )
}

/** Pause and remove. A removal is asked once more: what was typed into the form cannot be brought back. */
function Foot({ report, offline, onDone }: { report: ConnectorReport; offline: boolean; onDone(): void }) {
  const t = useWords(words)
  const [sure, setSure] = useState(false)
  const [busy, setBusy] = useState(false)
  const change = async (to: { kind: 'active'; active: boolean } | { kind: 'remove' }): Promise<void> => {
    setBusy(true)
    const result = await request('connectorChange', { connectorId: report.connectorId, change: to })
    setBusy(false)
    if (result.ok) onDone()
    else faultToast(result.fault)
  }
  return (
    <PageFoot hint={t(sure || report.kind === '' ? 'remove-hint' : 'pause-hint')}>
      <span className="cn-foot">
        {sure ? (
          <Button small onClick={() => setSure(false)}>
            {t('keep')}
          </Button>
        ) : (
          report.kind !== '' && (
            <Button
              small
              busy={busy}
              disabled={offline}
              onClick={() => void change({ kind: 'active', active: !report.active })}
            >
              {t(report.active ? 'pause' : 'resume')}
            </Button>
          )
        )}
        <Button
          small
          kind={sure ? 'danger' : 'danger-line'}
          busy={busy}
          disabled={offline}
          onClick={() => (sure ? void change({ kind: 'remove' }) : setSure(true))}
        >
          {t(sure ? 'remove-sure' : 'remove')}
        </Button>
      </span>
    </PageFoot>
  )
}

function useKnown(offline: boolean) {
  const [known, setKnown] = useState<Connectors | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const ask = useCallback(() => {
    void request('connectors', {}).then(result => {
      if (result.ok) setKnown(result.value)
      setFault(result.ok ? null : result.fault)
    })
  }, [])
  useEffect(() => {
    if (!offline) ask()
  }, [ask, offline])
  return { known, fault, ask }
}
