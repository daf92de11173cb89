// Every state of sync (support/states.ts), as a scene.
import { look, states } from '../support/states.ts'
import type { Scene } from './scene.ts'

export const syncScenes: Record<string, Scene> = Object.fromEntries(
  Object.entries(states).map(([name, state]) => [
    `state-${name}`,
    {
      ...(state.world ? { whole: state.world } : {}),
      empty: true,
      prepare: (core, language) => state.tell(core, language),
      act: async ({ page, language }) => {
        await page.clock.runFor(3000)
        await look(page, state, language)
      },
    } satisfies Scene,
  ]),
)
