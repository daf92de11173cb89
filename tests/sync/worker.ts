// One process of the simulation: takes an order, plays it, reports, ends. See workers.ts.
import { run } from './run.ts'
import type { Order } from './workers.ts'

process.once('message', (order: Order) => {
  run(order).then(
    report => process.send!(report, () => process.disconnect()),
    error => {
      console.error(error)
      process.exitCode = 1
      process.disconnect()
    },
  )
})
