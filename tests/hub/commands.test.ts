import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCustomers } from './customers.ts'
import { password } from './hub.ts'
import { HubProgram } from './program.ts'
import { until } from './until.ts'

let program: HubProgram
let customers: Awaited<ReturnType<typeof startCustomers>>
beforeAll(async () => {
  customers = await startCustomers()
  program = await HubProgram.make()
})
afterAll(async () => {
  await program?.remove()
  await customers?.close()
})

describe('skein-hub', () => {
  test('says in one sentence what is wrong, and changes nothing', async () => {
    const wrong = async (words: string[], input = '') => {
      const { code, err } = await program.command(words, input)
      expect(code, words.join(' ')).toBe(1)
      return err
    }
    expect(await wrong(['frobnicate'])).toContain('There is no command "frobnicate"')
    expect(await wrong(['init', '--admin', 'nobody', '--password-stdin'], password)).toContain(
      '"nobody" is not an email address',
    )
    expect(await wrong(['init', '--admin', 'admin@skein.example'])).toContain('--password-stdin')
    expect(await wrong(['init', '--admin', 'admin@skein.example', '--password-stdin'], 'short')).toContain(
      'at least 8 characters',
    )
    expect(await wrong(['init', '--admin', 'admin@skein.example', '--colour', 'red'])).toContain('--colour')
    expect(await wrong(['serve', '--port', '0', '--smtp-port', '0'])).toContain('skein-hub init')
    expect(await wrong(['serve', '--port', 'http'])).toContain('0 to 65535')
    expect(await wrong(['inbox', 'add', 'chat'])).toContain('--name')
    expect(await wrong(['inbox', 'add', 'chat', '--name', 'Web'])).toContain('skein-hub init')
  })

  test('sets up a workspace, its inbox and its people, and serves it', async () => {
    await program.run(['init', '--admin', 'Admin@skein.example', '--password-stdin'], `${password}\n`)
    await program.start()
    expect(
      (await program.command(['init', '--admin', 'b@skein.example', '--password-stdin'], password)).err,
    ).toContain('already')
    await program.run([
      'inbox',
      'add',
      'email',
      '--address',
      'support@skein.example',
      '--smtp',
      customers.url,
    ])
    await program.run(
      ['agent', 'add', 'ann@skein.example', '--name', 'Ann', '--role', 'agent', '--password-stdin'],
      password,
    )
    expect(
      (
        await program.command(
          ['agent', 'add', 'ann@skein.example', '--name', 'A', '--role', 'agent', '--password-stdin'],
          password,
        )
      ).err,
    ).toContain('an agent already')
    expect(
      (
        await program.command(
          ['agent', 'add', 'x@skein.example', '--name', 'X', '--role', 'king', '--password-stdin'],
          password,
        )
      ).err,
    ).toContain('--role must be')
    expect((await program.command(['serve', '--port', '0', '--smtp-port', '0'])).err).toContain('serving')
    await program.run(
      [
        'agent',
        'add',
        'bo@skein.example',
        '--name',
        'Bo',
        '--role',
        'agent',
        '--password-stdin',
        '--inbox',
        'support@skein.example',
      ],
      password,
    )
    const admin = await program.desk('admin@skein.example')
    expect(admin.all('agent').map(({ name, inboxIds }) => [name, inboxIds.length])).toEqual(
      expect.arrayContaining([
        ['admin', 1],
        ['Ann', 1],
        ['Bo', 1],
      ]),
    )
    const status = JSON.parse(await program.run(['status', '--json']))
    expect(status).toMatchObject({
      desks: 1,
      serving: { smtp: program.smtp },
      queues: [{ inbox: 'support@skein.example', open: 0 }],
    })
    expect(status.streams.map(({ stream }: { stream: string }) => stream)).toContain('workspace')
    admin.close()
  })

  test('no secret of an inbox is readable in the data folder, and its key is outside of it', async () => {
    await program.run([
      'inbox',
      'add',
      'email',
      '--address',
      'secret@skein.example',
      '--smtp',
      'smtps://user:Geheim-4711@mail.example',
    ])
    const key = await program.secretKeyFile()
    expect((await stat(key)).mode & 0o777).toBe(0o600)
    expect(key.startsWith(program.data)).toBe(false)
    expect(await program.filesWith('Geheim-4711')).toEqual([])
    expect(await program.filesWith('secret@skein.example')).not.toEqual([])
  })

  test('exports everything, a line each, with mail as scripts may rely on it', async () => {
    const attachment = Buffer.from('attached')
    await customers.write(program.smtp, {
      from: 'Maria <maria@customer.example>',
      to: 'support@skein.example',
      subject: '电池 battery',
      text: 'It is flat.\n\nOn Monday you wrote:\n> Try again.',
      html: '<p>It is flat.</p>',
      messageId: '<export-1@customer.example>',
      attachments: [{ filename: 'log.txt', content: attachment }],
    })
    const out = join(program.folder, 'export.ndjson')
    await program.run(['export', '--out', out])
    const lines = (await readFile(out, 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    const of = (type: string) => lines.filter(line => line.type === type)
    expect(of('customer')).toMatchObject([{ name: 'Maria' }])
    expect(of('identity')).toMatchObject([{ address: 'maria@customer.example' }])
    expect(of('conversation')).toMatchObject([{ subject: '电池 battery', status: 'open' }])
    const sha256 = createHash('sha256').update(attachment).digest('hex')
    const file = { name: 'log.txt', size: attachment.length, sha256 }
    expect(of('item')).toMatchObject([
      {
        subject: '电池 battery',
        from: { name: 'Maria', address: 'maria@customer.example' },
        to: [{ address: 'support@skein.example' }],
        text: expect.stringMatching(/It is flat\.[\s\S]*Try again/),
        html: expect.stringContaining('<p>It is flat.</p>'),
        messageId: 'export-1@customer.example',
        attachments: [{ ...file, type: 'text/plain' }],
        raw: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
    expect(of('attachment')).toMatchObject([file])
  })
})

describe('S18: a hub that is killed', () => {
  test('between an attempt and its outcome leaves the message uncertain, and it is never sent twice', async () => {
    const desk = await program.desk('ann@skein.example')
    const [conversation] = await until(
      () => desk.all('conversation'),
      all => all.length > 0,
    )
    customers.answers.push('hold')
    const { id } = await desk.reply(conversation!.id, 'Killed half-way')
    await until(() => customers.held() === 1)
    await program.kill()
    customers.letGo()
    await program.start()
    const again = await program.desk('ann@skein.example')
    const delivery = await until(
      () => again.row('item', id)?.delivery,
      seen => seen.state !== 'sending',
    )
    expect(delivery).toMatchObject({ state: 'uncertain', attempts: 1, reason: { kind: 'interrupted' } })
    // What comes after goes out: the jobs are running, and leave the uncertain one alone.
    const next = await again.reply(conversation!.id, 'After the crash')
    expect(next.outcome).toEqual({ kind: 'done' })
    await until(() => again.row('item', next.id)?.delivery?.state === 'sent')
    expect(customers.handed.filter(mail => mail.includes('Killed half-way'))).toHaveLength(1)
    again.close()
  })

  test('right after it took a reply sends it once when it is back, unless it had begun to', async () => {
    const desk = await program.desk('ann@skein.example')
    const [conversation] = await until(
      () => desk.all('conversation'),
      all => all.length > 0,
    )
    const sent = desk.reply(conversation!.id, 'Right before the end').catch(() => undefined)
    await until(() => [...desk.acknowledged.values()].length > 0)
    await program.kill()
    await sent
    await program.start()
    const again = await program.desk('ann@skein.example')
    const item = await until(
      () => again.all('item').find(({ text }) => text === 'Right before the end'),
      seen => !['queued', 'sending'].includes(seen.delivery!.state),
    )
    const handed = customers.handed.filter(mail => mail.includes('Right before the end')).length
    // The kill may have come after the attempt was recorded: then nobody knows, and nothing repeats it.
    if (item.delivery!.state === 'sent') expect(handed).toBe(1)
    else {
      expect(item.delivery!.state).toBe('uncertain')
      expect(handed).toBeLessThanOrEqual(1)
    }
    again.close()
  })
})
