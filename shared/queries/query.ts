import type { z } from 'zod'
import type { RowType } from '../model/row.ts'

/**
 * A live query the renderer can subscribe to. The core answers with rows, each with a key, and afterwards with keyed
 * differences. `watches` are the nouns whose change makes it run again; `local` stands for the desk's own state.
 */
export interface Query<Name extends string, Args, Result> {
  name: Name
  args: z.ZodType<Args>
  watches: readonly (RowType | 'local' | 'index')[]
  key(row: Result): string
}

/** Declares a query; its SQL lives in electron/core/replica/queries under the same name. */
export const query =
  <Result>() =>
  <const Name extends string, Args>(definition: Query<Name, Args, Result>): Query<Name, Args, Result> =>
    definition
