import { test as base } from '@playwright/test'
import { freePort } from '../../../server/db/launch.ts'
import { haveBackFor } from './actions.ts'
import { type Customers, startCustomers } from './customers.ts'
import { type DeskOptions, TestDesk } from './desk.ts'
import { makeWorkspace, TestHub, type Workspace } from './hub.ts'

export const team = {
  lin: { email: 'lin@skein.example', name: 'Lin Wei', role: 'agent' },
  tomas: { email: 'tomas@skein.example', name: 'Tomás Rivera', role: 'agent' },
  boss: { email: 'boss@skein.example', name: '王芳', role: 'supervisor' },
} as const

/** A hub, the customers' mail server, and as many desks as a test opens; all gone afterwards. */
export interface World {
  hub: TestHub
  customers: Customers
  /** A desk at which this colleague is signed in; what they send leaves at once, or can be had back for long (`undo`). */
  desk(who: keyof typeof team, options?: Partial<DeskOptions> & { undo?: true }): Promise<TestDesk>
  /** A desk at which nobody is signed in. */
  emptyDesk(options?: Partial<DeskOptions>): Promise<TestDesk>
}

export const test = base.extend<{ world: World }, { workspace: Workspace }>({
  workspace: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape
    async ({}, use) => {
      const workspace = await makeWorkspace(await freePort(), Object.values(team))
      await use(workspace)
      await workspace.remove()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  world: async ({ workspace }, use, info) => {
    const customers = await startCustomers(workspace.customersPort)
    const hub = await TestHub.of(workspace)
    const desks: TestDesk[] = []
    const options = (who: keyof typeof team, more: Partial<DeskOptions> = {}): DeskOptions => ({
      hubUrl: hub.url,
      email: team[who].email,
      ...more,
    })
    await use({
      hub,
      customers,
      async desk(who, { undo, ...more } = {}) {
        const desk = await TestDesk.signedIn(options(who, more))
        desks.push(desk)
        await haveBackFor(desk.page, undo ? 30 : 'off')
        return desk
      },
      async emptyDesk(more) {
        const desk = await TestDesk.open(options('lin', more))
        desks.push(desk)
        return desk
      },
    })
    if (info.status !== info.expectedStatus) {
      console.error(`hub: ${hub.log().slice(-4000)}`)
      for (const desk of desks) console.error(`desk: ${desk.log().slice(-4000)}`)
    }
    for (const desk of desks) await desk.remove()
    await hub.remove()
    await customers.close()
  },
})
