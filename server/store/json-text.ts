import type { Id } from '#shared/model/base.ts'
import type { Row, RowType } from '#shared/model/row.ts'

/** A document as the database keeps it. What only passes through the hub is neither read into objects nor written again. */
export class JsonText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** A row on its way to a desk. */
export type SentRow = Row | { type: RowType; id: Id; rev: number; doc: JsonText }

/** The same row with its document read. */
export const readRow = (row: SentRow): Row =>
  row.doc instanceof JsonText ? ({ ...row, doc: JSON.parse(row.doc.text) } as Row) : (row as Row)
