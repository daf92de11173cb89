// Every state of sync: its words in both languages, and a way forward. What a person sees, reaches by keyboard and hears.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { stageOfFile } from '../support/stage.ts'
import { type Language, look, type StateScene, states, worldOf } from '../support/states.ts'

interface Told {
  /** The button at the rail's foot, as it is read aloud; null: there is none. */
  rail: RegExp | null
  /** What is said, wherever the person looks. */
  says: (string | RegExp)[]
  /** The ways on. */
  does: (string | RegExp)[]
}

const told: Record<string, Record<Language, Told>> = {
  live: {
    en: {
      rail: /^Sync: Synced\. /,
      says: ['Everything is saved and sent', 'What you see is current.'],
      does: [],
    },
    zh: { rail: /^同步：已同步。/, says: ['全部已保存并送达', '您看到的是最新内容。'], does: [] },
  },
  'first-sync': {
    en: {
      rail: /^Sync: First sync, 22%\. /,
      says: ['First sync, 21,400 of 96,000', 'The newest is here: you can work.'],
      does: [],
    },
    zh: {
      rail: /^同步：首次同步，22%。/,
      says: ['首次同步，21,400 / 96,000', '最新内容已到，可以开始工作。'],
      does: [],
    },
  },
  'catching-up': {
    en: {
      rail: /^Sync: Syncing, 37%\. /,
      says: ['Catching up, 3,120 of 8,400', 'What you see is from 13:24, 42 min ago.'],
      does: [],
    },
    zh: {
      rail: /^同步：同步中，37%。/,
      says: ['正在补齐，3,120 / 8,400', '您看到的是 13:24 的内容（42 分钟前）。'],
      does: [],
    },
  },
  offline: {
    en: {
      rail: /^Sync: Offline, 3 waiting to send\. /,
      says: [
        'Offline since 13:28',
        'What you see is from 13:28, 38 min ago.',
        'What you write is kept and sent in order when the hub answers.',
        /^Next try in \d+ s$/,
        'Reply to Amara Okonkwo',
        'Waits for the network; fitting.mov, 12 of 48 MB',
        'Amara Okonkwo, resolved',
        'Goes after “Reply to Amara Okonkwo”',
        'Note on Sofia Lindqvist',
        'Waits for the network',
        'And 1 small change: drafts, what was read',
      ],
      does: ['Try now', 'View: Reply to Amara Okonkwo', 'View: Note on Sofia Lindqvist'],
    },
    zh: {
      rail: /^同步：离线，3 条待发送。/,
      says: [
        '13:28 起离线',
        '您看到的是 13:28 的内容（38 分钟前）。',
        '给赵明轩的回复',
        '等待网络；安装说明.mov，12 / 48 MB',
        '解决赵明轩的会话',
        '排在“给赵明轩的回复”之后',
        '关于Ingrid Halvorsen的备注',
        '等待网络',
      ],
      does: ['立即重试', '查看：给赵明轩的回复'],
    },
  },
  'lock-near': {
    en: {
      rail: /^Sync: Offline\. /,
      says: ['Locks itself Sat 02:06', 'Without contact this desk locks itself Sat 02:06.'],
      does: ['Try now'],
    },
    zh: {
      rail: /^同步：离线。/,
      says: ['将于周六 02:06 锁定', '若一直联系不上中枢，本机将于周六 02:06 锁定。'],
      does: ['立即重试'],
    },
  },
  'hub-busy': {
    en: {
      rail: /^Sync: Offline, 1 waiting to send\. /,
      says: ['Hub busy since 14:04', 'Waits for the hub, which is busy'],
      does: ['Try now'],
    },
    zh: {
      rail: /^同步：离线，1 条待发送。/,
      says: ['14:04 起中枢繁忙', '等待中枢，中枢正忙'],
      does: ['立即重试'],
    },
  },
  waiting: {
    en: {
      rail: /^Sync: Sending, 3 waiting to send\. /,
      says: [
        '3 waiting to send',
        'What you see is current.',
        'Reply to Amara Okonkwo',
        'Waits for its attachment: fitting.mov, 12 of 48 MB',
        'On its way',
        '3 min',
      ],
      does: ['View: Reply to Amara Okonkwo', 'View: Amara Okonkwo, resolved'],
    },
    zh: {
      rail: /^同步：发送中，3 条待发送。/,
      says: ['3 条待发送', '等待附件：安装说明.mov，12 / 48 MB', '正在发送', '3 分钟'],
      does: ['查看：给赵明轩的回复'],
    },
  },
  'waiting-item': {
    en: {
      rail: /^Sync: Sending/,
      says: ['Waits for its attachment: fitting.mov, 12 of 48 MB', '1 waiting to send'],
      does: [],
    },
    zh: { rail: /^同步：发送中/, says: ['等待附件：安装说明.mov，12 / 48 MB', '1 条待发送'], does: [] },
  },
  held: {
    en: {
      rail: /^Sync: .*1 to look at\. /,
      says: ['1 to look at', 'Reply to Amara Okonkwo', 'Priya Raman replied at 14:02', 'Held for review'],
      does: ['View: Reply to Amara Okonkwo', 'Send anyway', 'Edit', 'Discard'],
    },
    zh: {
      rail: /^同步：.*1 条需处理。/,
      says: ['1 条需处理', '给赵明轩的回复', '王芳已在 14:02 回复此客户', '1 条待复核'],
      does: ['查看：给赵明轩的回复', '仍然发送', '编辑', '放弃'],
    },
  },
  refused: {
    en: {
      rail: /^Sync: Synced, 2 to look at\. /,
      says: [
        'Sofia Lindqvist, assigned to me',
        'Priya Raman has it.',
        'It is not there any more, or not for you. Your words are back as a draft.',
      ],
      does: ['Dismiss', 'View: Sofia Lindqvist, assigned to me'],
    },
    zh: {
      rail: /^同步：已同步，2 条需处理。/,
      says: ['已由王芳负责。', '内容已不存在，或您无权查看。您写的文字已恢复为草稿。'],
      does: ['知道了', '查看：把Ingrid Halvorsen分配给我'],
    },
  },
  uncertain: {
    en: {
      rail: /^Sync: .*1 to look at\. /,
      says: [
        'Nobody knows whether it left. Look in the sent mail or ask, then decide.',
        'It is not certain that this left',
        'Uncertain whether it left',
      ],
      does: ['It arrived', 'Send again', 'View: Reply to Amara Okonkwo'],
    },
    zh: {
      rail: /^同步：.*1 条需处理。/,
      says: [
        '无法确定是否已发出。请查看已发送邮件或询问对方后再决定。',
        '不确定是否已经发出',
        '1 条不确定是否发出',
      ],
      does: ['已送达', '再次发送', '查看：给赵明轩的回复'],
    },
  },
  failed: {
    en: {
      rail: /^Sync: .*1 to look at\. /,
      says: [/^The other side refused it\./, '550 5.1.1 No such user here', 'Not sent'],
      does: ['Retry', 'View: Reply to Amara Okonkwo'],
    },
    zh: {
      rail: /^同步：.*1 条需处理。/,
      says: [/^对方拒收。/, '对方拒收。对方说：“550 5.1.1 No such user here”', '1 条未发出'],
      does: ['重试', '查看：给赵明轩的回复'],
    },
  },
  'session-ended': {
    en: {
      rail: /^Sync: Blocked, 3 waiting to send\. /,
      says: [
        'Your session has ended. Sign in again; what you wrote is kept.',
        'Waits until you sign in again; fitting.mov, 12 of 48 MB',
        'Waits until you sign in again',
      ],
      does: ['Sign in again'],
    },
    zh: {
      rail: /^同步：受阻，3 条待发送。/,
      says: ['登录已过期。请重新登录，您写下的内容都已保留。', '等您重新登录'],
      does: ['重新登录'],
    },
  },
  'desk-too-old': {
    en: {
      rail: /^Sync: Blocked/,
      says: [
        'This desk is too old for the hub. Update it; you can read on, and your changes wait.',
        'Waits until this desk is updated',
        /^Next try in \d min$/,
      ],
      does: ['Try now'],
    },
    zh: {
      rail: /^同步：受阻/,
      says: ['本机的一线版本过旧，中枢不再支持。请更新；您仍可阅读，改动会先保存。', '等本机更新'],
      does: ['立即重试'],
    },
  },
  'hub-too-old': {
    en: {
      rail: /^Sync: Blocked/,
      says: [/^The hub is too old for this desk\. Ask your administrator/],
      does: ['Try now'],
    },
    zh: { rail: /^同步：受阻/, says: [/^中枢版本过旧。请管理员更新/], does: ['立即重试'] },
  },
  'disk-full': {
    en: {
      rail: /^Sync: Blocked/,
      says: [
        'The disk is full. Free some space, then try again. Nothing has been lost.',
        'Waits for space on the disk',
      ],
      does: ['Try now'],
    },
    zh: {
      rail: /^同步：受阻/,
      says: ['磁盘已满。请腾出空间后重试。没有丢失任何内容。', '等磁盘有空间'],
      does: ['立即重试'],
    },
  },
  rebuilt: {
    en: {
      rail: /^Sync: Synced/,
      says: [
        'The data on this machine was damaged and has been fetched anew. What waited to be sent was saved and will be sent.',
      ],
      does: ['Understood'],
    },
    zh: {
      rail: /^同步：已同步/,
      says: ['本机数据损坏，已重新获取。待发送的内容已保住，会照常发出。'],
      does: ['知道了'],
    },
  },
  locked: {
    en: {
      rail: null,
      says: [
        'Locked',
        /This desk last spoke to the hub 19 Oct, 14:06, too long ago\./,
        '2 changes wait; they are kept and will be sent.',
        /^Next try in/,
      ],
      does: ['Try now'],
    },
    zh: {
      rail: null,
      says: [
        '已锁定',
        /本机上次联系中枢是 10月19日 14:06，间隔太久。/,
        '2 项改动仍在等待，已保存，会照常发出。',
      ],
      does: ['立即重试'],
    },
  },
  'locked-session-ended': {
    en: {
      rail: null,
      says: ['Locked', 'Your session has ended. Sign in again; what you wrote is kept.'],
      does: ['Sign in again'],
    },
    zh: {
      rail: null,
      says: ['已锁定', '登录已过期。请重新登录，您写下的内容都已保留。'],
      does: ['重新登录'],
    },
  },
  'cannot-open': {
    en: {
      rail: null,
      says: [
        'This desk cannot open its data',
        'The disk is full. Free some space, then try again. Nothing has been lost.',
      ],
      does: ['Try again'],
    },
    zh: {
      rail: null,
      says: ['无法打开本机数据', '磁盘已满。请腾出空间后重试。没有丢失任何内容。'],
      does: ['重试'],
    },
  },
}

const stage = stageOfFile()

async function enter(name: string, language: Language, theme: 'light' | 'dark' = 'light'): Promise<Page> {
  const scene = states[name] as StateScene
  const desk = await stage.open(worldOf(scene, language), {
    width: 900,
    height: 600,
    prepare: core => {
      core.preferences({ theme, language: language === 'zh' ? 'zh-CN' : 'en' })
      scene.tell(core, language)
    },
  })
  const { page } = desk
  // What passes in a moment is not said; these last.
  await page.clock.runFor(3000)
  await look(page, scene, language)
  return page
}

it('every state that there is a picture of has its words here', () => {
  expect(Object.keys(told).sort()).toEqual(Object.keys(states).sort())
})

describe.each(['en', 'zh'] as const)('in %s', language => {
  it.each(Object.keys(told))('%s: says what is so, what can be done is within reach', async name => {
    const page = await enter(name, language, language === 'en' ? 'light' : 'dark')
    const { rail, says, does } = told[name]![language]
    const problems: string[] = []
    const there = async (what: string | RegExp, found: ReturnType<Page['locator']>): Promise<void> => {
      await found
        .first()
        .waitFor({ state: 'attached', timeout: 15_000 })
        .catch(() => problems.push(String(what)))
    }
    if (rail) await there(rail, page.getByRole('button', { name: rail, includeHidden: true }))
    for (const what of says) await there(what, page.getByText(what, { exact: true }))
    for (const name of does)
      await there(name, page.getByRole('button', { name, exact: true, includeHidden: true }))
    expect(problems).toEqual([])
    // In the smallest window nothing that can be pressed is cut off.
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(900)
    for (const button of await page.locator('.banner button, .popover button').all()) {
      const box = (await button.boundingBox())!
      expect(box.x + box.width).toBeLessThanOrEqual(900)
    }
  })
})
