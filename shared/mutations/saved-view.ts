import { SavedView } from '../model/saved-view.ts'
import { define, everyone } from './mutation.ts'
import { removing, saving } from './owned.ts'

export const saveView = define({
  name: 'view.save',
  args: SavedView,
  roles: everyone,
  ...saving('savedView'),
})

export const removeView = define({ name: 'view.remove', roles: everyone, ...removing('savedView') })
