import type { CDPSession, Page } from 'playwright-core'

/** An input method in the field that has the focus. */
export async function inputMethod(page: Page) {
  const input: CDPSession = await page.context().newCDPSession(page)
  const key = (modifiers = 0, name = 'Enter') =>
    input.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: name,
      code: name,
      windowsVirtualKeyCode: 229,
      modifiers,
    })
  return {
    compose: (text: string) =>
      input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }),
    /** Its own Enter, and one with Ctrl: what it does with them is its own business. */
    async enter() {
      await key()
      await key(2)
    },
    /** Its own Escape, as a Mac shows it to the page: what it composed is given up. */
    async escape() {
      await key(0, 'Escape')
    },
    /** What it composes becomes these words. */
    commit: (text: string) => input.send('Input.insertText', { text }),
  }
}
