import { expect, onTestFinished, test } from 'vitest'
import { takeSeat } from '../../server/admin/seat.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { until } from './support/until.ts'
import { cable } from './support/wire.ts'

test('S18: a hub whose connection to the database broke takes its seat again, so that the next one knows it is not alone', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const url = new URL(database.url)
  const line = await cable({ host: url.hostname, port: Number(url.port) })
  onTestFinished(() => line.close())
  url.port = String(line.port)
  const seat = await takeSeat(url.href)
  onTestFinished(() => seat.leave())
  expect(seat.alone).toBe(true)

  const come = async (): Promise<boolean> => {
    const next = await takeSeat(database.url)
    await next.leave()
    return next.alone
  }
  expect(await come()).toBe(false)
  line.cut()
  await until('the seat is lost', come)
  line.mend()
  await until('the seat is taken again', async () => !(await come()))
})
