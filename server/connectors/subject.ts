import type { Customer } from '#shared/model/customer.ts'
import { customerFields, fieldValue } from '#shared/model/customer-field.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import type { Subject } from './connector.ts'

/** Values of one sort that are asked by. */
const MOST = 5

/**
 * Whom to ask about: the addresses of these identities, and what stands in the field by which the other system knows customers.
 *
 * @param customers everybody who is one person, the one who stands for all first
 */
export function subjectOf(
  customers: readonly Customer[],
  identities: readonly Identity[],
  workspace: Workspace | undefined,
  externalIdField: string,
): Subject {
  const field = customerFields(workspace).find(({ id }) => id === externalIdField)
  const values = field ? customers.map(customer => fieldValue(field, customer)) : []
  const addresses = identities.map(({ address }) => address.trim())
  return {
    customerId: customers[0]?.id ?? '',
    emails: few(addresses.filter(isEmail).map(each => each.toLowerCase())),
    phones: few(addresses.filter(isPhone)),
    externalIds: few(values.flatMap(value => (typeof value === 'object' ? [] : String(value).trim()))),
  }
}

export const isEmail = (address: string): boolean => /^[^\s@]+@[^\s@]+$/.test(address)
export const isPhone = (address: string): boolean => /^\+\d{6,15}$/.test(address)

/** In one order, whatever order they came in, so that the same customer is asked for once. */
const few = (values: readonly string[]): string[] =>
  [...new Set(values)]
    .filter(value => value !== '' && value.length <= 400)
    .sort()
    .slice(0, MOST)
