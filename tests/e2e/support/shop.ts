import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page } from '@playwright/test'

/** The company's web site: another origin than the hub, with a strict policy, and one script tag. */
export interface Shop {
  page(path?: string): string
  close(): Promise<void>
}

export async function openShop(hubUrl: string, inbox: string): Promise<Shop> {
  const sockets = hubUrl.replace('http', 'ws')
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://shop').searchParams
    const word = (name: string, other = ''): string => (query.get(name) ?? other).replace(/[^\w.-]/g, '')
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${hubUrl}; connect-src ${hubUrl} ${sockets}; style-src 'self'; require-trusted-types-for 'script'`,
    )
    response.setHeader('content-type', request.url === '/shop.css' ? 'text/css' : 'text/html; charset=utf-8')
    if (request.url === '/shop.css')
      // A page that shouts: nothing of it may reach into the widget.
      return void response.end(
        'body { font: 20px serif; } * { text-transform: uppercase; } button { background: red; }',
      )
    response.end(`<!doctype html><html lang="${word('lang', 'en')}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Veloform bikes</title>
<link rel="stylesheet" href="/shop.css"><main><h1>Veloform</h1><p>Bikes for every day.</p></main>
<script src="${hubUrl}/v1/channels/chat/widget.js" data-inbox="${inbox}" data-theme="${word('theme')}" data-token="${word('token')}" async></script></html>`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    page: (path = '/') => `http://127.0.0.1:${port}${path}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/** What a visitor does, by the names they see. */
export const launcher = (page: Page) => page.getByRole('button', { name: /^(Open chat|打开在线咨询)/ })
export const log = (page: Page) => page.getByRole('log')
export const bubble = (page: Page, text: string) =>
  page.locator('#skein-chat .line').filter({ hasText: text })
export const field = (page: Page) =>
  page.getByRole('textbox', { name: /^(Write a message|Your message|输入消息|您的留言)/ })
export const texts = (page: Page): Promise<string[]> => page.locator('#skein-chat .said').allTextContents()

export async function openChat(page: Page): Promise<void> {
  await launcher(page).click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

export async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
  await expect(bubble(page, text)).toBeVisible()
}
