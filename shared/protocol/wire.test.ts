import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { mutationNamed, mutationNames } from '../mutations/index.ts'
import * as connectors from './connectors.ts'
import { down } from './down.ts'
import { Erased, ErasurePreview, ErasureQuestion, ErasureWish, ExportQuestion } from './erasure.ts'
import { HubInfo, Refresh, Session, SignIn } from './http.ts'
import { ImageQuestion } from './images.ts'
import { ImportCommit, ImportLine, ImportPlan, ImportRows, ImportState } from './import.ts'
import * as inboxes from './inboxes.ts'
import { up } from './up.ts'
import { protocolVersion, wireHash } from './version.ts'

/** FNV-1a, 64 bit: enough to notice a change, and needs no Node. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n
  for (const sign of text)
    value = ((value ^ BigInt(sign.codePointAt(0) ?? 0)) * 0x100000001b3n) & 0xffffffffffffffffn
  return value.toString(16).padStart(16, '0')
}

describe('the wire', () => {
  it(`is that of version ${protocolVersion}: whoever changes a message raises the version and writes its history`, () => {
    const mutations = Object.fromEntries(mutationNames.map(name => [name, mutationNamed(name)!.args]))
    const { Inboxes, ProviderQuestion, ProviderAnswer, MailWish, SetUpStep } = inboxes
    const { ChatWish, ChatMade, InboxChange } = inboxes
    const { CardsQuestion, CardsStep, Connectors, ConnectorWish, ConnectorMade } = connectors
    const { ConnectorTrial, Tried, ConnectorChange } = connectors
    const http = {
      ...{ SignIn, Refresh, Session, HubInfo, ImageQuestion },
      ...{ ErasureQuestion, ErasurePreview, ErasureWish, Erased, ExportQuestion },
      ...{ Inboxes, ProviderQuestion, ProviderAnswer, MailWish, SetUpStep, ChatWish, ChatMade, InboxChange },
      ...{ ImportPlan, ImportRows, ImportCommit, ImportLine, ImportState },
      ...{ CardsQuestion, CardsStep, Connectors, ConnectorWish, ConnectorMade },
      ...{ ConnectorTrial, Tried, ConnectorChange },
    }
    const messages = { up, down, http, mutations }
    const schemas = Object.entries(messages).map(([direction, family]) => [
      direction,
      Object.entries(family).map(([name, schema]) => [
        name,
        z.toJSONSchema(schema, { unrepresentable: 'any' }),
      ]),
    ])
    expect(hash(JSON.stringify(schemas))).toBe(wireHash)
  })
})
