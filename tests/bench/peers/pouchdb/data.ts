import { readFileSync } from 'node:fs'

/** A row of the bench as PouchDB keeps it: an item's id sorts it under its customer by time, the fastest PouchDB knows. */
export interface Doc {
  _id: string
  [field: string]: unknown
}

export const readDocs = (path: string): Doc[] => JSON.parse(readFileSync(path, 'utf8')) as Doc[]
