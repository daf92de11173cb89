import { alerts } from './alerts.ts'
import { attention } from './attention.ts'
import { cards } from './cards.ts'
import { chosenLists } from './chosen-conversations.ts'
import { customerList } from './customer-list.ts'
import { customers } from './customers.ts'
import { directory } from './directory.ts'
import type { Answers, QueryContext } from './entry.ts'
import { files } from './files.ts'
import { lists } from './lists.ts'
import { merging } from './merging.ts'
import { searching } from './searching.ts'
import { threadPlaces } from './thread-places.ts'
import { timeline } from './timeline.ts'

/** How every query of shared/queries is answered from this replica. */
export const createAnswers = (context: QueryContext): Answers => ({
  ...directory(context),
  ...lists(context),
  ...chosenLists(context),
  ...customers(context),
  ...customerList(context),
  ...files(context),
  ...merging(context),
  ...cards(context),
  ...timeline(context),
  ...threadPlaces(context),
  ...attention(context),
  ...alerts(context),
  ...searching(context),
})
