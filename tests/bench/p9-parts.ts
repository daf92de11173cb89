/** What P9 is put together from: a hub that knows the newest of the replica, the core's process, the page's weight. */
import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { build } from 'vite'
import { key, type RowType } from '#shared/model/row.ts'
import type { Replica } from '../../electron/core/replica/replica.ts'
import { signIn } from '../../electron/core/sync/sign-in.ts'
import { coreFlags } from '../../electron/shell/core-process.ts'
import { message } from '../../server/sync/testing.ts'
import { password, startMemoryHub } from '../hub/memory-hub.ts'
import { agentId } from './data.ts'
import { openFilled } from './fill.ts'
import { ownMemory } from './own-memory.ts'

const SHARED = 400

export interface CoreWeight {
  rss: number
  /** Memory of its process that nobody shares. */
  own: number
  heapUsed: number
  /** What V8 has taken for it from the system. */
  heapTotal: number
  external: number
  /** Files and sockets that it holds open. */
  handles: number
}
export type CoreSays = { url: string } | { weight: CoreWeight }

/** A real hub whose workspace is the first of the replica's open list, and the replica signed in at it. */
export async function hubOf(path: string) {
  const replica = openFilled(path)
  const hub = await startMemoryHub({
    async seed(tx) {
      for (const [type, id, doc] of firstOf(replica)) if (id) tx.put(type, doc as never)
    },
    people: { 'agent0@example.com': agentId(0), 'agent1@example.com': agentId(1) },
  })
  const signedIn = await signIn(fetch, {
    hubUrl: hub.url,
    email: 'agent0@example.com',
    password,
    device: { id: null, name: 'bench', platform: 'bench' },
  })
  if (!signedIn.ok) throw new Error(signedIn.fault.kind)
  const session = signedIn.value
  replica.transaction(() => {
    replica.settings.set('owner', { hubUrl: session.hubUrl, agentId: session.agentId, email: session.email })
    replica.settings.set('session', session)
  })
  // Where an earlier run's hub stood means nothing to this one.
  replica.db.exec('delete from stream; delete from hidden_inbox')
  const talks = talksOf(replica)
  replica.close()
  return {
    url: hub.url,
    /** Conversations that the hub has too. */
    talks,
    /** A customer writes. */
    write: (id: string, text: string) =>
      hub.store.write(async tx => {
        await tx.load([key('conversation', id)])
        const conversation = tx.get('conversation', id)
        if (!conversation) return
        const seq = conversation.lastSeq + 1
        const at = Date.now()
        tx.put('item', message(`${id}-${seq}-in`, conversation, seq, { at, writtenAt: at, text }))
        tx.put('conversation', {
          ...conversation,
          lastSeq: seq,
          lastInbound: { seq, at },
          activityAt: at,
          waitingSince: conversation.waitingSince ?? at,
          preview: text,
        })
      }),
    close: hub.close,
  }
}

const talksOf = ({ db }: Replica): string[] =>
  db
    .prepare<[], string>(
      `select id from conversation where status = 'open' order by waits_from, activity_at desc, rowid desc limit ${SHARED}`,
    )
    .pluck()
    .all()

function* firstOf(replica: Replica): Generator<[RowType, string, unknown]> {
  const { db } = replica
  const talks = talksOf(replica)
  const some = `select value from json_each(?)`
  const read = (sql: string, ...values: string[]) =>
    db.prepare<string[], { id: string; doc: string }>(sql).all(...values)
  for (const noun of ['workspace', 'channel', 'inbox', 'tag', 'agent'] as const)
    for (const { id, doc } of read(`select id, doc from ${noun}`)) yield [noun, id, JSON.parse(doc)]
  const ids = JSON.stringify(talks)
  const people = `select customer_id from conversation where id in (${some})`
  for (const { id, doc } of read(`select id, doc from customer where id in (${people})`, ids))
    yield ['customer', id, JSON.parse(doc)]
  for (const { id, doc } of read(`select id, doc from identity where customer_id in (${people})`, ids))
    yield ['identity', id, JSON.parse(doc)]
  for (const { id, doc } of read(`select id, doc from conversation where id in (${some})`, ids))
    yield ['conversation', id, JSON.parse(doc)]
  for (const { id, doc } of read(`select id, doc from item where conversation_id in (${some})`, ids))
    yield ['item', id, JSON.parse(doc)]
}

/** The core as a package has it, all but SQLite in one file: reading TypeScript, and a thousand small files, costs time and memory of its own. @returns its path */
export async function bundleCore(folder: string): Promise<string> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    logLevel: 'error',
    // As in build/electron.vite.config.ts; the preview can serve sources, too, and does not here.
    ssr: { noExternal: true, external: ['better-sqlite3', 'bufferutil', 'utf-8-validate', 'vite'] },
    build: { ssr: 'tests/bench/p9-core.ts', outDir: folder, emptyOutDir: false, minify: false },
  })
  return join(folder, 'p9-core.js')
}

/** Starts the core's process. */
export async function startCoreProcess(program: string, path: string, renderer: string) {
  const child = fork(program, [dirname(path), renderer], {
    execArgv: [...coreFlags, '--expose-gc', '--disable-warning=ExperimentalWarning'],
  })
  const said = <K extends string>(key: K): Promise<Extract<CoreSays, Record<K, unknown>>> =>
    new Promise((resolve, reject) => {
      const heard = (answer: CoreSays): void => {
        if (!(key in answer)) return
        child.off('message', heard)
        resolve(answer as never)
      }
      child.on('message', heard)
      child.once('exit', code => reject(new Error(`the core ended with ${code}`)))
    })
  const { url } = await said('url')
  return {
    url,
    async weigh(): Promise<CoreWeight> {
      const answer = said('weight')
      child.send('weigh')
      return (await answer).weight
    },
    close: () =>
      new Promise<void>(resolve => {
        child.removeAllListeners('exit')
        child.once('exit', () => resolve())
        child.send('close')
      }),
  }
}

export interface PageWeight {
  heap: number
  /** Memory of its process that nobody shares. */
  own: number
  nodes: number
  listeners: number
  frames: number
}

/** What a page weighs after everything that can go has gone. */
export async function weighPage(browser: Browser, page: Page, devtools: CDPSession): Promise<PageWeight> {
  for (let n = 0; n < 3; n++) await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (name: string) => metrics.find(metric => metric.name === name)?.value ?? 0
  return {
    heap: of('JSHeapUsedSize'),
    own: await ownOfRenderers(browser),
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    frames: page.frames().length,
  }
}

/** Of the browser's page processes the heaviest: there is one page. */
async function ownOfRenderers(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const weights = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ownMemory(id))
  return Math.max(0, ...weights)
}

/** Empties the system's cache of files. @returns whether that is allowed here */
export function forgetFiles(): boolean {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '3')
    return true
  } catch {
    return false
  }
}

/** Least squares: how much a series grows in each of its steps. */
export function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let above = 0
  let below = 0
  for (const [index, value] of values.entries()) {
    above += (index - middle) * (value - mean)
    below += (index - middle) ** 2
  }
  return below === 0 ? 0 : above / below
}
