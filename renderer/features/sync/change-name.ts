import type { Item } from '#shared/model/item.ts'
import { type MutationName, mutationNames } from '#shared/mutations/index.ts'
import { say } from '../../app/i18n.ts'
import { words } from './change.words.ts'

const known = (name: string): MutationName | 'other' =>
  (mutationNames as readonly string[]).includes(name) ? (name as MutationName) : 'other'

/**
 * What a change is called; every mutation has its words, and one of a newer desk has some too.
 * @param who whose customer it is about; empty: nobody's
 */
export const changeName = (name: string, who = ''): string =>
  who === '' ? say(words, known(name)) : say(words, `of-${known(name)}`, { who })

/** A message that waits for a look, of a colleague or of oneself. A forward is nobody's answer. */
export const messageName = ({ mail }: Item, who: string, author: string): string =>
  mail?.forwards
    ? changeName('mail.forward', who)
    : author === ''
      ? changeName('reply.send', who)
      : say(words, 'of-another', { who, author })
