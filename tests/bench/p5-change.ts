// P5: a change by hand, durable in the outbox and shown, on the filled replica.
import { uuidv7 } from 'uuidv7'
import { mutate } from '../../electron/core/sync/mutate.ts'
import { openFilled } from './fill.ts'
import { quantiles, readOptions, report, timed } from './result.ts'

const { replica: path } = readOptions()
const replica = openFilled(path!)
const total = replica.total('item')
const ids = replica.db
  .prepare<[], string>(
    `select id from conversation where status = 'open' order by activity_at desc limit 500`,
  )
  .pluck()
  .all()
const context = { newId: uuidv7, hubNow: Date.now, live: () => false }

const notes = ids.map((conversationId, n) =>
  timed(() =>
    mutate(
      replica,
      {
        name: 'note.add',
        args: {
          id: uuidv7(),
          conversationId,
          text: `第 ${n} 条备注：客户要求退款 refund`,
          attachments: [],
          at: Date.now(),
        },
      },
      context,
    ),
  ),
)
report({
  id: 'P5',
  name: 'write a note: durable in the outbox',
  ...quantiles(notes),
  unit: 'ms',
  rows: total,
})
const tags = ids.map(conversationId =>
  timed(() =>
    mutate(replica, { name: 'conversation.tag', args: { conversationId, tagId: 'tag-refund' } }, context),
  ),
)
report({
  id: 'P5',
  name: 'tag a conversation: durable in the outbox',
  ...quantiles(tags),
  unit: 'ms',
  rows: total,
})
replica.close()
