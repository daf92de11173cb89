// What stands in the form of a macro, read and checked: a whole macro, or what is wrong and where.
import { ChannelFamily } from '#shared/model/channel.ts'
import type { Priority } from '#shared/model/conversation.ts'
import { doesSomething, Macro, type MacroActions } from '#shared/model/macro.ts'
import type { RichText } from '#shared/model/rich-text.ts'

export const families = ChannelFamily.options

export interface FormValues {
  name: string
  shortcut: string
  folder: string
  language: '' | 'en' | 'zh'
  families: Macro['families']
  text: string
  rich: RichText | null
  tagIds: string[]
  /** Empty: whoever has it. */
  assign: string
  priority: Priority | ''
  after: 'nothing' | 'close' | 'snooze'
  /** Minutes. */
  snooze: number
  whose: 'me' | 'team'
}

const DAY = 1440

/** How long a macro can snooze for, as offered. */
export const lengths: readonly number[] = [240, DAY, 2 * DAY, 3 * DAY, 7 * DAY]

export const valuesOf = (macro: Macro | null): FormValues => {
  const { tagIds = [], assign = '', priority = '' as const, close, snooze } = macro?.actions ?? {}
  return {
    name: macro?.name ?? '',
    shortcut: macro?.shortcut ?? '',
    folder: macro?.folder ?? '',
    language: macro?.language === 'en' || macro?.language === 'zh' ? macro.language : '',
    families: macro?.families ?? [],
    text: macro?.text ?? '',
    rich: macro?.rich ?? null,
    ...{ tagIds, assign, priority },
    after: close ? 'close' : snooze ? 'snooze' : 'nothing',
    snooze: snooze ?? DAY,
    whose: macro && macro.agentId === null ? 'team' : 'me',
  }
}

export type Wrong = 'name-wrong' | 'shortcut-wrong' | 'says-nothing'

/** @param id of the macro, new or there already. @param me whose own it is, where it is */
export function read(values: FormValues, id: string, me: string): { macro: Macro } | { wrong: Wrong } {
  const { text, rich, language, tagIds, assign, priority, after, snooze } = values
  const actions: MacroActions = {
    ...(tagIds.length > 0 ? { tagIds } : {}),
    ...(assign ? { assign } : {}),
    ...(priority ? { priority } : {}),
    ...(after === 'close' ? { close: true } : {}),
    ...(after === 'snooze' ? { snooze } : {}),
  }
  const name = values.name.trim()
  const shortcut = values.shortcut.trim().replace(/^\//u, '')
  if (name === '') return { wrong: 'name-wrong' }
  if (/[\s/]/u.test(shortcut)) return { wrong: 'shortcut-wrong' }
  if (text.trim() === '' && !doesSomething(actions)) return { wrong: 'says-nothing' }
  // All are none: a family that comes later is one of them.
  const chosen = values.families.length === families.length ? [] : values.families
  return {
    macro: Macro.parse({
      ...{ id, name, shortcut, folder: values.folder.trim(), language, families: chosen, text, actions },
      ...(rich && text.trim() !== '' ? { rich } : {}),
      agentId: values.whose === 'team' ? null : me,
    }),
  }
}
