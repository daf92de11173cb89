import { doesSomething, Macro } from '../model/macro.ts'
import { define, everyone } from './mutation.ts'
import { removing, saving } from './owned.ts'

export const saveMacro = define({
  name: 'macro.save',
  args: Macro.refine(({ text, actions }) => text.trim() !== '' || doesSomething(actions)),
  roles: everyone,
  ...saving('macro'),
})

export const removeMacro = define({ name: 'macro.remove', roles: everyone, ...removing('macro') })
