// Every screen of the desk and every state of it that a person meets. A new screen is a line in one of these.
import { closedScenes } from './closed.ts'
import { composerScenes } from './composer.ts'
import { customerScenes } from './customer.ts'
import { inboxScenes } from './inbox.ts'
import type { Scene } from './scene.ts'
import { settingsScenes } from './settings.ts'
import { syncScenes } from './sync.ts'
import { teamScenes } from './team.ts'
import { threadScenes } from './thread.ts'

export const scenes: Record<string, Scene> = {
  ...inboxScenes,
  ...threadScenes,
  ...composerScenes,
  ...teamScenes,
  ...customerScenes,
  ...settingsScenes,
  ...syncScenes,
  ...closedScenes,
}
