import type { Page } from 'playwright-core'

/** The page has drawn what its new size or language means, and nothing in it changes any more. */
export async function settled(page: Page): Promise<void> {
  await page.clock.runFor(500)
  await page.evaluate(quiet, page.viewportSize()!.width)
}

/**
 * In the page: it is as wide as it shall be, and two frames in a row nothing changed. The clock of the page stands still, and its
 * animation frames with it;
 * an observer of sizes is told in every real frame, after those that the desk has.
 */
async function quiet(width: number): Promise<void> {
  const frame = (): Promise<void> =>
    new Promise(resolve => {
      const observer = new ResizeObserver(() => {
        observer.disconnect()
        resolve()
      })
      observer.observe(document.documentElement)
    })
  // What the frame has set going stands in the page's own queue: React's work posts itself there.
  const queue = (): Promise<void> =>
    new Promise(resolve => {
      const { port1, port2 } = new MessageChannel()
      let turns = 0
      port1.onmessage = () => (++turns < 5 ? port2.postMessage(0) : resolve())
      port2.postMessage(0)
    })
  const changes = new MutationObserver(() => {})
  changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  let still = 0
  // What moves by itself is never still: it has had its time then.
  for (let frames = 0; still < 2 && frames < 60; frames++) {
    await frame()
    await queue()
    still = changes.takeRecords().length === 0 && innerWidth === width ? still + 1 : 0
  }
  changes.disconnect()
}
