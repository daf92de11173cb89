import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { entry, note, openConversation, row, search, showView, synced, write } from './support/actions.ts'
import { password } from './support/hub.ts'
import { test } from './support/world.ts'

const words = [
  'Okonkwo',
  'drops from 80%',
  '赵明轩',
  '控制器都在保修期内',
  '里程记录',
  'highly secret remark',
  '机密备注',
  '没有写完的草稿',
  password,
]

/** Files below a folder in which one of the words stands, in either of the encodings that programs use for text. */
function readable(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(found => found.isFile())
    .flatMap(found => {
      const file = join(found.parentPath, found.name)
      const bytes = bytesOf(file)
      return words
        .filter(word => bytes.includes(Buffer.from(word)) || bytes.includes(Buffer.from(word, 'utf16le')))
        .map(word => `${word} in ${file}`)
    })
}

/** A program that runs removes files while we look; what is gone is not readable. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

test('nothing that was read, searched or written stands readable in the profile, the browser’s data or the temporary files', async ({
  world,
}) => {
  const { hub, customers } = world
  await customers.write(hub.smtp, {
    from: { name: 'Amara Okonkwo', address: 'amara@parcelo.example' },
    to: 'support@skein.example',
    subject: 'Battery',
    text: 'The second pack drops from 80% to 20%.',
    html: '<p>The second pack <b>drops from 80%</b> to 20%.</p>',
  })
  await customers.write(hub.smtp, {
    from: { name: '赵明轩', address: 'zhao@shunda.example' },
    to: 'support@skein.example',
    subject: '维修报价单',
    text: '三辆车的控制器都在保修期内。',
    attachments: [{ filename: '里程记录.csv', content: '车号,里程\nA12,8211\n' }],
  })
  const desk = await world.desk('lin', { whole: true })
  await showView(desk.page, 'open')
  await expect(row(desk.page, '赵明轩')).toBeVisible()
  await openConversation(desk.page, 'Amara Okonkwo')
  await note(desk.page, 'highly secret remark 机密备注')
  await openConversation(desk.page, '赵明轩')
  await expect(entry(desk.page, '控制器都在保修期内')).toBeVisible()
  await expect((await search(desk.page, '保修')).first()).toBeVisible()
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.press('Escape')
  await write(desk.page, 'reply', '没有写完的草稿')
  await synced(desk.page)

  // While it runs, with its write-ahead log and the browser's caches in use; and as a loss of power leaves it.
  expect(readable(desk.folder)).toEqual([])
  await desk.kill()
  expect(readable(desk.folder)).toEqual([])

  // The search itself can find: the hub's database is the hub's to protect.
  expect(readable(hub.data).length).toBeGreaterThan(0)
})
