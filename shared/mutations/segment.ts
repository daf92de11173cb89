import { Segment } from '../model/segment.ts'
import { define, everyone } from './mutation.ts'
import { removing, saving } from './owned.ts'

export const saveSegment = define({
  name: 'segment.save',
  args: Segment,
  roles: everyone,
  ...saving('segment'),
})

export const removeSegment = define({ name: 'segment.remove', roles: everyone, ...removing('segment') })
