import { type MutationName, mutationNames } from '#shared/mutations/index.ts'
import { say } from '../../app/i18n.ts'
import { words } from './words.ts'

/** What a change is called; every mutation has its words, and one of a newer desk has some too. */
export const changeName = (name: string): string =>
  say(
    words,
    (mutationNames as readonly string[]).includes(name) ? `did-${name as MutationName}` : 'did-other',
  )
