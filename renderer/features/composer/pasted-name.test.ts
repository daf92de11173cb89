import { expect, it } from 'vitest'
import { namedPasted } from './pasted-name.ts'

const at = new Date(2026, 10, 9, 8, 5, 3).getTime()
const file = (name: string, type = 'image/png') => new File(['x'], name, { type })

it('a screenshot is called a picture of its moment; what has a name keeps it', () => {
  expect(namedPasted(file('image.png'), 'Picture', at).name).toBe('Picture 2026-11-09 08.05.03.png')
  expect(namedPasted(file('image.PNG'), '图片', at).name).toBe('图片 2026-11-09 08.05.03.png')
  expect(namedPasted(file('frame.png'), 'Picture', at).name).toBe('frame.png')
  expect(namedPasted(file('image.png', 'text/plain'), 'Picture', at).name).toBe('image.png')
})
