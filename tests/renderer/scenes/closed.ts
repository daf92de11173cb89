// Before and after the desk: signing in, opening, out.
import { failed } from '#shared/protocol/fault.ts'
import type { Scene } from './scene.ts'

export const closedScenes: Record<string, Scene> = {
  'sign-in': { signedIn: false },
  'sign-in-empty': {
    signedIn: false,
    act: async ({ page }) => {
      await page.locator('button[type=submit]').click()
      await page.locator('.field-error').first().waitFor()
    },
  },
  'sign-in-refused': {
    signedIn: false,
    prepare: core => core.answer('signIn', () => failed('not-a-hub')),
    act: async ({ page }) => {
      await page.locator('[name=hubUrl]').fill('desk.veloform.com')
      await page.locator('[name=email]').fill('tomas@veloform.com')
      await page.locator('[name=password]').fill('secret')
      await page.keyboard.press('Enter')
      await page.locator('.field-error').first().waitFor()
    },
  },
  opening: { signedIn: false, prepare: core => core.desk({ phase: 'opening' }) },
  'sign-out': {
    act: async ({ page, say }) => {
      await page.getByRole('button', { name: say('Your account', '您的账号') }).click()
      await page.getByRole('menuitem', { name: say('Sign out', '退出登录') }).click()
      await page.getByRole('alertdialog').or(page.getByRole('dialog')).waitFor()
    },
  },
  'sign-in-again': {
    prepare: core =>
      core.sync({
        ...{ phase: 'blocked', fault: { kind: 'session-expired', retryable: false, params: {} } },
        ...{ offlineSince: Date.now(), retryAt: null },
      }),
    act: async ({ page, say }) => {
      await page
        .getByRole('button', { name: say('Sign in again', '重新登录') })
        .first()
        .click()
      await page.getByRole('dialog').waitFor()
    },
  },
}
