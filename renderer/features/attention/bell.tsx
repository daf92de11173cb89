import { Bell as BellIcon, BellOff, Moon, Settings, TriangleAlert, Volume2, VolumeX } from 'lucide-react'
import { momentOf } from '#shared/rules/attention.ts'
import { useWords } from '../../app/i18n.ts'
import { useNow } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu.tsx'
import { dayAndTime } from '../../ui/time.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { openSettings } from '../settings/open.ts'
import './bell.css'
import { muteForAnHour, muteUntilTomorrow, unmute, useAttention } from './preferences.ts'
import { useHearing } from './sound/player.ts'
import { words } from './words.ts'

/** Whether one would be told and heard now, always in sight: nobody waits for a sound that cannot come. */
export function Bell() {
  const t = useWords(words)
  const { muted, quiet, trouble, sentence } = useBellState()
  const icon = muted ? BellOff : quiet ? Moon : BellIcon
  return (
    <Menu
      label={t('alerts')}
      side="right"
      align="end"
      trigger={
        <button type="button" className="rail-place bell" aria-label={`${t('alerts')}: ${sentence}`}>
          <Tooltip label={sentence} side="right">
            <span className={trouble ? 'bell-face bell-trouble' : 'bell-face'}>
              <Icon of={icon} size="l" />
              {trouble && <Icon of={TriangleAlert} size="xs" />}
            </span>
          </Tooltip>
        </button>
      }
    >
      <MenuLabel>{sentence}</MenuLabel>
      {muted ? (
        <MenuItem icon={Volume2} shortcut="mute" onSelect={() => void unmute()}>
          {t('unmute')}
        </MenuItem>
      ) : (
        <>
          <MenuItem icon={VolumeX} shortcut="mute" onSelect={() => void muteForAnHour()}>
            {t('mute-hour')}
          </MenuItem>
          <MenuItem icon={Moon} onSelect={() => void muteUntilTomorrow()}>
            {t('mute-tomorrow')}
          </MenuItem>
        </>
      )}
      <MenuLine />
      <MenuItem icon={Settings} onSelect={() => openSettings('notifications')}>
        {t('settings')}
      </MenuItem>
    </Menu>
  )
}

/** Trouble is what a person did not choose, or may have forgotten. */
export function useBellState(): { muted: boolean; quiet: boolean; trouble: boolean; sentence: string } {
  const t = useWords(words)
  const now = useNow()
  const attention = useAttention()
  const hearing = useHearing()
  const { muted, quiet } = momentOf(attention, now, 'away')
  const unheard = hearing === 'blocked' || hearing === 'silent' ? hearing : null
  const deaf = attention.volume === 0
  return {
    muted,
    quiet,
    trouble: unheard !== null || deaf,
    sentence: unheard
      ? t(unheard)
      : muted
        ? t('muted-until', { time: dayAndTime(attention.mutedUntil ?? now, now) })
        : quiet
          ? t('quiet')
          : deaf
            ? t('volume-off')
            : t('on'),
  }
}
