import { rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { entry, openConversation, reply, row, showView, write } from './support/actions.ts'
import { password } from './support/hub.ts'
import { team, test } from './support/world.ts'

const languages = [
  {
    locale: 'en-GB',
    says: {
      address: 'This is not an address',
      noHub: 'Something answers at this address, but it is not a Skein hub',
      down: 'The hub does not answer',
      wrong: 'Email or password is not right',
      tooMany: 'Too many attempts',
      refused: 'The other side refused it',
      later: /Queued, next attempt/,
      tooLarge: 'At most',
    },
  },
  {
    locale: 'zh-CN',
    says: {
      address: '这不是一个地址',
      noHub: '不是一线的中枢',
      down: '连不上中枢',
      wrong: '邮箱或密码不正确',
      tooMany: '尝试次数过多',
      refused: '对方拒收',
      later: /再试/,
      tooLarge: '这里最多发送',
    },
  },
]

for (const { locale, says } of languages) {
  test(`signing in says what is wrong and keeps what was typed (${locale})`, async ({ world }) => {
    const desk = await world.emptyDesk({ locale })
    const { page } = desk
    const { email } = team.lin
    const told = (sentence: string) => expect(page.getByText(sentence).first()).toBeVisible()

    await desk.signIn(email, password, 'not an address')
    await told(says.address)
    const other = createServer((_request, response) => response.end('<html>hello</html>'))
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    await desk.signIn(email, password, `http://127.0.0.1:${(other.address() as AddressInfo).port}`)
    await told(says.noHub)
    other.closeAllConnections()
    other.close()

    await world.hub.stop()
    await desk.signIn()
    await told(says.down)
    await expect(page.getByLabel(/^(Email|邮箱)/)).toHaveValue(email)
    await world.hub.start()

    for (let attempt = 1; attempt <= 4; attempt++) {
      await desk.signIn(email, `wrong password ${attempt}`)
      await told(says.wrong)
    }
    // The fifth makes everybody wait who sits here, the right password too.
    await desk.signIn(email, 'wrong password 5')
    await told(says.tooMany)
    await expect(page.getByLabel(/^(Email|邮箱)/)).toHaveValue(email)
  })

  test(`what a mail server refuses or puts off is said in the timeline, and a file too large at once (${locale})`, async ({
    world,
  }) => {
    const { hub, customers } = world
    await customers.write(hub.smtp, {
      from: { name: 'Kenji Watanabe', address: 'kenji@hakobi.example' },
      to: 'support@skein.example',
      subject: 'Blue frame',
      text: 'Is it back in stock?',
    })
    const { page } = await world.desk('lin', { locale })
    await showView(page, 'open')
    await expect(row(page, 'Kenji Watanabe')).toBeVisible()
    await openConversation(page, 'Kenji Watanabe')

    customers.answers.push({ code: 550, text: '5.1.1 no such mailbox' })
    await reply(page, 'refused for good')
    await expect(entry(page, 'refused for good')).toContainText(says.refused)
    await expect(entry(page, 'refused for good')).toContainText('no such mailbox')

    customers.answers.push({ code: 451, text: '4.3.0 try later' })
    await reply(page, 'put off')
    await expect(entry(page, 'put off')).toContainText(says.later)
    expect(customers.arrived).toHaveLength(0)

    await write(page, 'reply', 'with a very large file')
    const film = join(tmpdir(), `film-${process.pid}-${locale}.mp4`)
    await writeFile(film, '')
    await truncate(film, 100 * 1024 * 1024)
    await page.locator('input[type=file]').setInputFiles(film)
    await expect(page.getByText(says.tooLarge).first()).toBeVisible()
    await expect(page.getByRole('textbox', { name: /^(Your reply|回复内容)/ })).toHaveText(
      'with a very large file',
    )
    await rm(film)
  })
}
