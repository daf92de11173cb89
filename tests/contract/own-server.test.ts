import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { openDatabase } from '../../server/db/connection.ts'
import { startServer } from '../../server/db/server.ts'

/** A process that holds the database of a folder; see tests/support/database-process.ts. */
class Holder {
  readonly child: ChildProcess
  private readonly lines: AsyncIterator<string>
  private complaint = ''
  constructor(folder: string) {
    this.child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../support/database-process.ts'), folder],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    )
    this.child.stderr?.on('data', text => (this.complaint += String(text)))
    this.lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream })[
      Symbol.asyncIterator
    ]()
  }
  async says(): Promise<Record<string, unknown>> {
    const { value, done } = await this.lines.next()
    if (done) throw new Error(`the process ended: ${this.complaint}`)
    return JSON.parse(value) as Record<string, unknown>
  }
  async keep(word: string): Promise<void> {
    this.child.stdin?.write(`${word}\n`)
    expect(await this.says()).toEqual({ kept: word })
  }
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await once(this.child, 'exit')
  }
  async close(): Promise<void> {
    this.child.stdin?.end()
    expect(await this.says()).toEqual({ closed: true })
    await once(this.child, 'exit')
  }
}

async function words(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ word: string }>('select word from kept order by word')
  await client.end()
  return rows.map(({ word }) => word)
}

describe('the hub’s own PostgreSQL', () => {
  // Making a cluster takes longer than all the rest: the tests share one, each with words of its own.
  const folders: string[] = []
  const holders: Holder[] = []
  const makeFolder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'skein-own-'))
    chmodSync(made, 0o711)
    folders.push(made)
    return made
  }
  const folder = makeFolder()
  const hold = (where = folder): Holder => {
    const holder = new Holder(where)
    holders.push(holder)
    return holder
  }
  const note = (where = folder): string => join(where, 'postgres', 'cluster', 'postmaster.pid')
  const postmaster = (): number => Number(readFileSync(note(), 'utf8').split('\n')[0])

  afterEach(async () => {
    for (const { child } of holders.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
    for (const where of folders) {
      if (existsSync(note(where))) await (await startServer({ folder: join(where, 'postgres') })).stop(true)
    }
  })
  afterAll(() => {
    for (const where of folders) rmSync(where, { recursive: true, force: true })
  })

  test('is left running by a hub that is killed, and adopted by the next with all that was committed', async () => {
    const killed = hold()
    const { url } = await killed.says()
    await killed.keep('one')
    await killed.kill()
    const next = hold()
    expect(await next.says()).toEqual({ url })
    await next.keep('two')
    expect(await words(String(url))).toEqual(expect.arrayContaining(['one', 'two']))
    await next.close()
    expect(existsSync(note())).toBe(false)
  })

  test('comes back by itself after it was killed too, with all that was committed', async () => {
    const killed = hold()
    await killed.says()
    await killed.keep('three')
    process.kill(postmaster(), 'SIGKILL')
    await killed.kill()
    const next = hold()
    const { url } = await next.says()
    expect(await words(String(url))).toContain('three')
    await next.close()
  })

  test('is started again by a running hub when it ends by itself, at the same address', async () => {
    const hub = hold()
    const { url } = await hub.says()
    await hub.keep('four')
    const first = postmaster()
    process.kill(first, 'SIGINT')
    await vi.waitFor(async () => expect(await words(String(url))).toContain('four'), 60_000)
    expect(postmaster()).not.toBe(first)
    await hub.keep('after')
    await hub.close()
    expect(existsSync(note())).toBe(false)
  })

  test('is shared by a command beside the hub, and stopped by the last of them', async () => {
    const hub = hold()
    const { url } = await hub.says()
    const command = hold()
    expect(await command.says()).toEqual({ url })
    await command.close()
    await hub.keep('still here')
    const late = hold()
    await late.says()
    await hub.close()
    await late.keep('and here')
    await late.close()
    expect(existsSync(note())).toBe(false)
  })

  test('is made once and started once when two hubs begin together, and no half-made one is taken for it', async () => {
    const fresh = makeFolder()
    mkdirSync(join(fresh, 'postgres', 'cluster.1.new'), { recursive: true })
    writeFileSync(join(fresh, 'postgres', 'cluster.1.new', 'PG_VERSION'), '18\n')
    const [one, two] = [hold(fresh), hold(fresh)]
    const [first, second] = await Promise.all([one.says(), two.says()])
    expect(first).toEqual(second)
    await Promise.all([one.close(), two.close()])
    expect(existsSync(note(fresh))).toBe(false)
  })

  test('keeps its password to the hub’s user and listens on the loopback only', async () => {
    const hub = hold()
    const url = new URL(String((await hub.says()).url))
    expect(statSync(join(folder, 'postgres', 'password')).mode & 0o077).toBe(0)
    expect(url.hostname).toBe('127.0.0.1')
    const guess = new pg.Client({ connectionString: String(url).replace(url.password, 'guess') })
    await expect(guess.connect()).rejects.toThrow(/password authentication failed/)
    const client = new pg.Client({ connectionString: String(url) })
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('listen_addresses') listen, current_setting('fsync') fsync,
         current_setting('synchronous_commit') commit, current_setting('full_page_writes') pages`,
    )
    expect(rows).toEqual([{ listen: '127.0.0.1', fsync: 'on', commit: 'on', pages: 'on' }])
    await client.end()
    await hub.close()
  })

  test('that cannot start says why in a sentence', async () => {
    const hub = hold()
    await hub.says()
    await hub.close()
    const version = join(folder, 'postgres', 'cluster', 'PG_VERSION')
    const right = readFileSync(version)
    writeFileSync(version, '9.6\n')
    await expect(openDatabase({ data: folder })).rejects.toMatchObject({
      message: expect.stringMatching(/^The database did not start\./),
      fault: { kind: 'internal' },
    })
    writeFileSync(version, right)
  })
})
