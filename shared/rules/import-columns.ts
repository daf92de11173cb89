/** What the columns of a table are about: guessed from their names in English and Chinese, and from what stands in them. */
import { type CustomerField, customerFields, type FieldKind } from '../model/customer-field.ts'
import type { Workspace } from '../model/workspace.ts'
import { addressesIn } from './import-row.ts'
import { phoneOf } from './phone.ts'

/** `` nothing; a field's id; or one of these. */
export type Target = string
export const targets = ['id', 'email', 'phone', 'addresses', 'given', 'family'] as const
/** Several columns may be about these; of all others one. */
const several = new Set<Target>(['email', 'phone', 'addresses', 'tagIds', 'note'])

const notTyped = new Set<FieldKind>(['instant'])

/** The fields that a table may fill. */
export const importFields = (workspace: Pick<Workspace, 'attributes'> | undefined): CustomerField[] =>
  customerFields(workspace).filter(({ kind }) => !notTyped.has(kind))

const words: Record<Target, string> = {
  id: 'skeinid 一线编号',
  email: 'email mail emailaddress emails 邮箱 电子邮箱 邮件 电子邮件 邮箱地址 邮件地址 email邮箱',
  phone:
    'phone mobile tel telephone phonenumber mobilephone cell cellphone mobilenumber 电话 手机 手机号 手机号码 联系电话 电话号码 固话 座机 联系方式',
  addresses: 'addresses addressornumber 地址或号码',
  given: 'firstname givenname first forename 名',
  family: 'lastname surname familyname last 姓 姓氏',
  name: 'name fullname customer customername contact contactname displayname 姓名 名字 名称 客户 客户名称 客户姓名 联系人 昵称',
  company:
    'company companyname organisation organization account employer 公司 公司名称 单位 单位名称 企业 企业名称',
  tier: 'tier level grade 级别 等级 客户级别 会员等级',
  language: 'language locale lang 语言',
  timeZone: 'timezone tz 时区',
  tagIds: 'tags tag labels label 标签',
  note: 'note notes remark remarks comment comments description 备注 说明 描述',
  // What our own tables have and no row can say.
  '': 'channel openconversations lastactivity customersince 渠道 进行中的会话 最近活动 成为客户',
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-.:*()[\]/]/gu, '')

/** Of these texts that are not empty, the share that fits. */
function share(values: readonly string[], fits: (value: string) => boolean): number {
  const filled = values.filter(value => value.trim() !== '')
  return filled.length === 0 ? 0 : filled.filter(fits).length / filled.length
}

/** @param columns their names (empty without a header) and some of what stands in them */
export function guessTargets(
  columns: readonly { name: string; samples: readonly string[] }[],
  fields: readonly CustomerField[],
  country: string,
): Target[] {
  const byName = new Map<string, Target>()
  for (const [target, list] of Object.entries(words))
    for (const word of list.split(' ')) byName.set(word, target)
  for (const { id, label } of fields)
    for (const name of [label.en, label.zh]) if (name !== '') byName.set(plain(name), id)
  const taken = new Set<Target>()
  const named = columns.map(({ name }) => take(byName.get(plain(name))))
  return named.map((target, index) => {
    if (target !== undefined) return target
    const { samples } = columns[index]!
    if (share(samples, value => addressesIn(value).some(({ channel }) => channel === 'email')) > 0.6)
      return 'email'
    const number = (value: string) => /^[+\d][\d\s().-]{6,}$/u.test(value) && phoneOf(value, country) !== null
    return share(samples, number) > 0.8 ? 'phone' : ''
  })

  function take(target: Target | undefined): Target | undefined {
    if (target === undefined || (taken.has(target) && !several.has(target))) return undefined
    taken.add(target)
    return target
  }
}

/** Whether the first record names the columns: nothing in it is an address, a number or a date, and no two are the same. */
export function hasHeader(first: readonly string[], fields: readonly CustomerField[]): boolean {
  const cells = first.map(cell => cell.trim())
  const filled = cells.filter(cell => cell !== '')
  if (
    guessTargets(
      cells.map(name => ({ name, samples: [] })),
      fields,
      '',
    ).some(target => target !== '')
  )
    return true
  return (
    new Set(filled).size === filled.length &&
    filled.every(cell => cell.length <= 60 && !cell.includes('@') && !/\d{3}/.test(cell))
  )
}

/** Of two columns about one thing that only one can be about: the places of the later ones. */
export function doubled(mapping: readonly Target[]): number[] {
  const seen = new Set<Target>()
  return mapping.flatMap((target, index) => {
    if (target === '' || several.has(target)) return []
    if (seen.has(target)) return [index]
    seen.add(target)
    return []
  })
}
