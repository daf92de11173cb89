import { Play } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { type AlertKind, alertKinds, mayRepeat, motifs, type Wanted } from '#shared/rules/attention.ts'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { useBellState } from '../../attention/bell.tsx'
import { setAttention, useAttention } from '../../attention/preferences.ts'
import { hear } from '../../attention/sound/player.ts'
import './notifications.css'
import { QuietDays } from './quiet-days.tsx'
import { words } from './words.ts'

/** How one is told of what comes. It takes effect at once; there is nothing to save. */
export function NotificationSettings() {
  const t = useWords(words)
  const attention = useAttention()
  return (
    <div className="alerts">
      <Part title={t('kinds')} hint={t('repeat-hint')}>
        <Kinds />
      </Part>
      <Part title={t('loudness')}>
        <Loudness />
      </Part>
      <Part title={t('quiet-title')} hint={t('quiet-hint')}>
        <Check
          checked={attention.quiet.on}
          onChange={on => void setAttention({ quiet: { ...attention.quiet, on } })}
        >
          {t('quiet-on')}
        </Check>
        {attention.quiet.on && (
          <>
            <QuietDays days={attention.quiet.days} />
            <Check
              checked={attention.urgentBreaks}
              onChange={urgentBreaks => void setAttention({ urgentBreaks })}
            >
              {t('urgent-breaks')}
            </Check>
          </>
        )}
      </Part>
      <Part title={t('content')} hint={t('content-hint')}>
        <div className="alerts-line">
          <span>{t('content-label')}</span>
          <Segmented
            label={t('content-label')}
            value={attention.content}
            onChange={content => void setAttention({ content })}
            options={(['all', 'names', 'nothing'] as const).map(value => ({
              value,
              label: t(`content-${value}`),
            }))}
          />
        </div>
      </Part>
    </div>
  )
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="alerts-part" aria-labelledby={id}>
      <h3 className="alerts-title" id={id}>
        {title}
      </h3>
      {children}
      {hint && <p className="alerts-hint">{hint}</p>}
    </section>
  )
}

const Check = ({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (to: boolean) => void
  children: ReactNode
}) => (
  <label className="alerts-check">
    <input type="checkbox" checked={checked} onChange={event => onChange(event.target.checked)} />
    {children}
  </label>
)

const columns = ['banner', 'sound', 'repeat'] as const

function Kinds() {
  const t = useWords(words)
  const { kinds } = useAttention()
  const set = (kind: AlertKind, change: Partial<Wanted>): void =>
    void setAttention({ kinds: { ...kinds, [kind]: { ...kinds[kind], ...change } } })
  return (
    <table className="alerts-kinds">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr">{t('kinds')}</span>
          </th>
          {columns.map(column => (
            <th key={column} scope="col">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {alertKinds.map(kind => (
          <tr key={kind}>
            <th scope="row">{t(kind)}</th>
            {columns.map(column => (
              <td key={column}>
                {(column !== 'repeat' || mayRepeat(kind)) && (
                  <input
                    type="checkbox"
                    aria-label={`${t(kind)}: ${t(column)}`}
                    checked={kinds[kind][column] && (column !== 'repeat' || kinds[kind].sound)}
                    disabled={column === 'repeat' && !kinds[kind].sound}
                    onChange={event => set(kind, { [column]: event.target.checked })}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Loudness() {
  const t = useWords(words)
  const { volume } = useAttention()
  const { muted, trouble, sentence } = useBellState()
  const id = useId()
  return (
    <>
      <div className="alerts-line">
        <label htmlFor={id}>{t('volume')}</label>
        <input
          id={id}
          className="alerts-volume"
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(volume * 100)}
          onChange={event => void setAttention({ volume: Number(event.target.value) / 100 })}
        />
      </div>
      <div className="alerts-line">
        <span>{t('listen')}</span>
        <span className="alerts-sounds">
          {motifs.map(motif => (
            <Button
              key={motif}
              small
              icon={Play}
              aria-label={t('listen-to', { sound: t(`sound-${motif}`) })}
              onClick={() => void hear(motif, volume)}
            >
              {t(`sound-${motif}`)}
            </Button>
          ))}
        </span>
      </div>
      <p className="alerts-trouble" role="status">
        {(trouble || muted) && sentence}
      </p>
    </>
  )
}
