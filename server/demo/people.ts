import type { Language } from './dialogue/dialogue.ts'
import type { AgentKey, Person } from './script.ts'

/** Which of the colleagues answer in which language; the one whose desk is opened is none of them. */
export const colleaguesOf: Record<Language, readonly AgentKey[]> = {
  en: ['priya', 'wang'],
  'zh-CN': ['chen', 'wang'],
}

/** What a colleague calls a customer. */
export const firstName = ({ name, language }: Person): string =>
  language === 'en' ? name.split(' ')[0]! : name
