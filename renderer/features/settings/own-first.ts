import type { Language } from '../../app/i18n.ts'

/** In which order a name is asked for in both languages: first in the one that is spoken here. */
export const ownFirst = (language: Language): readonly ('en' | 'zh')[] =>
  language === 'en' ? ['en', 'zh'] : ['zh', 'en']
