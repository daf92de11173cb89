import type { Answers, QueryContext } from './entry.ts'
import { docEntry } from './entry.ts'

interface DocRow {
  id: string
  doc: string
}

/** The small nouns of the workspace, whole. */
export function directory({
  replica: { db },
}: QueryContext): Pick<
  Answers,
  'workspace' | 'agents' | 'channels' | 'inboxes' | 'tags' | 'segments' | 'macros' | 'savedViews'
> {
  const all = (sql: string) => {
    const statement = db.prepare<[], DocRow>(sql)
    return { run: () => statement.all().map(row => docEntry<never>(row)) }
  }
  const byName = (table: string): string =>
    `select id, doc from ${table} order by doc ->> 'name' collate nocase, id`
  return {
    workspace: all('select id, doc from workspace'),
    agents: all(byName('agent')),
    channels: all('select id, doc from channel order by id'),
    inboxes: all(
      `select id, doc from inbox where id not in (select inbox_id from hidden_inbox)
       order by doc ->> 'name' collate nocase, id`,
    ),
    tags: all(byName('tag')),
    segments: all(byName('segment')),
    macros: all(byName('macro')),
    savedViews: all(byName('savedView')),
  }
}
