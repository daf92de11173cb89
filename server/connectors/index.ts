import type { Connector } from './connector.ts'
import { rest } from './rest/rest.ts'
import { zohoCrm } from './zoho-crm/zoho-crm.ts'

/** A new one is a folder and a word here. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  ([rest, zohoCrm()] as Connector[]).map(connector => [connector.manifest.id, connector]),
)
