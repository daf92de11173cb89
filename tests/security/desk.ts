/**
 * The corpus by the real path: mails by SMTP into a real hub, over the wire into a real core, shown by the desk's page. Every mail
 * also carries vectors as its subject, its sender's name, a file's name, its plain text and what it quotes.
 */
import type { Page } from 'playwright-core'
import { vectors } from './corpus/index.ts'
import { leftOver } from './left-over.ts'
import type { World } from './world.ts'

const AT_ONCE = 12
/** Of those that swallow what follows them. */
const LAST = 4

/** As plain text: what a header and a line can hold. */
export const short = vectors
  .filter(({ html }) => /^[ -~]{4,120}$/.test(html) && html === html.trim())
  .map(({ html }) => html)
const line = (at: number): string => short[at % short.length] ?? ''

/** Mails that so many vectors need at most: a list must have a row for each. */
export const mailsFor = (count: number): number => Math.ceil(count / LAST)

export interface Told {
  mark: string
  subject: string
  sender: string
  file: string
  lines: string[]
  html: string
}

/** In the page: which of these end before what follows them; the others swallow it and go last in a mail. */
const ending = (htmls: string[]): boolean[] =>
  htmls.map(html => {
    const after = new DOMParser()
      .parseFromString(`<div>${html}</div><i id=after></i>`, 'text/html')
      .querySelector('i#after')
    return after instanceof HTMLElement && after.parentElement === after.ownerDocument.body
  })

/** Each of these vectors is in one mail. */
async function mailsOf(page: Page, htmls: string[]): Promise<Told[]> {
  const ends = await page.evaluate(ending, htmls)
  const tame = htmls.filter((_, at) => ends[at])
  const wild = htmls.filter((_, at) => !ends[at])
  const count = Math.max(Math.ceil(tame.length / AT_ONCE), Math.ceil(wild.length / LAST))
  const share = (from: string[], at: number): string[] => from.filter((_, index) => index % count === at)
  return Array.from({ length: count }, (_, at) => {
    const mark = `Mark${String(at).padStart(3, '0')}`
    const html = [...share(tame, at).map(each => `<div>${each}</div>`), ...share(wild, at)].join('\n')
    return {
      mark,
      subject: `${line(at * 7)} ${mark}`,
      sender: `${mark} ${line(at * 7 + 1)}`,
      file: `${line(at * 7 + 2).replace(/[/\\\0]/g, ' ')}.txt`,
      lines: [line(at * 7 + 3), line(at * 7 + 4), line(at * 7 + 5)],
      html: `<p>${mark}</p><img src="http://evil.example/${mark}.png">${html}`,
    }
  })
}

/** A name in a header keeps its words, not always its quotation marks (RFC 5322). */
const plain = (text: string | null): string => (text ?? '').replace(/[\s"'`\\]+/g, '')
export const squeezed = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ')

const PATIENCE = 5 * 60_000
const inFrame = `document.querySelector('.tl-original iframe').contentDocument`

/** In the page. */
const listed = (count: number): boolean => document.querySelectorAll('[role=option]').length === count
const shown = (mark: string): boolean => {
  const inside = document.querySelector<HTMLIFrameElement>('.tl-original iframe')?.contentDocument
  return inside?.readyState === 'complete' && (inside.body?.textContent ?? '').includes(mark)
}

/** In the page: every element of a mail is clicked, links too. */
function pressAll(inside: Document): void {
  for (const element of [...inside.querySelectorAll<HTMLElement>('*')].slice(0, 3000)) {
    element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
    element.click?.()
  }
}

export interface DeskReport {
  mails: number
  vectors: number
  /** Mails whose remote pictures were asked for. */
  pictures: number
  wrong: string[]
}

/** Writes mails with these vectors, opens each at the desk, presses everything in it, asks for its pictures; says what happened that must not. */
export async function mailsByTheRealPath(
  { page, hub, customers, watch, opened }: World,
  htmls: string[],
  say: (line: string) => void = () => {},
): Promise<DeskReport> {
  const all = await mailsOf(page, htmls)
  for (const [at, { mark, subject, sender, file, lines, html }] of all.entries())
    await customers.write(hub.smtp, {
      from: { name: sender, address: `c${at}@customer.example` },
      to: 'support@skein.example',
      subject,
      text: `${mark}\n${lines.join('\n')}\n\nOn Monday somebody wrote:\n> ${line(at * 7 + 6)}\n> ${line(at)}\n`,
      html,
      attachments: [{ filename: file, content: 'x' }],
    })
  say(`${all.length} mails written`)
  await page.locator('[data-view="unassigned"]').click()
  await page.waitForFunction(listed, all.length, { timeout: PATIENCE })
  await page.evaluate(() => document.fonts.ready)
  const wrong = (await watch.lines()).map(what => `in the list: ${what}`)
  let pictures = 0

  for (const { mark, subject, sender, lines } of all) {
    const fault = (what: string): number => wrong.push(`${mark}: ${what}`)
    const missing = (where: string, words: string): void => {
      if (!where.includes(words)) fault(`not shown as text: ${words}`)
    }
    await watch.take()
    await page.getByRole('option').filter({ hasText: mark }).click()
    const card = page.getByRole('article').filter({ hasText: mark }).first()
    await card.waitFor()
    const said = squeezed(await card.textContent())
    for (const text of lines) missing(said, squeezed(text))
    const everything = plain(await page.locator('body').textContent())
    missing(everything, plain(subject))
    missing(everything, plain(sender))
    const quoted = card.locator('.tl-quote')
    if ((await quoted.count()) > 0) await quoted.click()

    await card.getByRole('button', { name: 'Original' }).click()
    await card.locator('.tl-original iframe').waitFor()
    await page.waitForFunction(shown, mark)
    for (const left of await page.evaluate<string[]>(`(${leftOver})(${inFrame})`)) fault(`left: ${left}`)
    await page.evaluate(`(${pressAll})(${inFrame})`)
    for (const address of await opened())
      if (!/^(?:https:\/\/|mailto:|tel:)/i.test(address)) fault(`opened: ${address}`)
    const ask = card.getByRole('button', { name: 'Show pictures' })
    if ((await ask.count()) > 0) {
      pictures++
      // The hub may ask; the browser may not, whoever agreed.
      await ask.click()
      await card.getByText(/could not be fetched/).waitFor()
    }
    if ((await page.evaluate(() => document.activeElement?.tagName)) === 'IFRAME') fault('it took the focus')
    for (const what of await watch.lines()) fault(what)
    if (wrong.length > 20) break
  }
  say(`${all.length} mails opened, ${wrong.length} wrong`)
  return { mails: all.length, vectors: htmls.length, pictures, wrong }
}
