/** Time zones by their IANA name. */

let known: readonly string[] | undefined

/** All that this engine knows. */
export const timeZones = (): readonly string[] => {
  known ??= Intl.supportedValuesOf('timeZone')
  return known
}

/** What Chinese readers call the places they look for most; no engine has their names. */
const inChinese: Readonly<Record<string, string>> = {
  ...{
    Shanghai: '上海',
    Urumqi: '乌鲁木齐',
    Hong_Kong: '香港',
    Macau: '澳门',
    Taipei: '台北',
    Tokyo: '东京',
  },
  ...{
    Seoul: '首尔',
    Singapore: '新加坡',
    Bangkok: '曼谷',
    Ho_Chi_Minh: '胡志明市',
    Saigon: '西贡',
    Jakarta: '雅加达',
  },
  ...{
    Manila: '马尼拉',
    Kuala_Lumpur: '吉隆坡',
    Kolkata: '加尔各答',
    Calcutta: '加尔各答',
    Karachi: '卡拉奇',
  },
  ...{
    Dubai: '迪拜',
    Riyadh: '利雅得',
    Tehran: '德黑兰',
    Jerusalem: '耶路撒冷',
    Istanbul: '伊斯坦布尔',
    Moscow: '莫斯科',
  },
  ...{
    London: '伦敦',
    Dublin: '都柏林',
    Paris: '巴黎',
    Berlin: '柏林',
    Amsterdam: '阿姆斯特丹',
    Brussels: '布鲁塞尔',
  },
  ...{
    Madrid: '马德里',
    Lisbon: '里斯本',
    Rome: '罗马',
    Vienna: '维也纳',
    Zurich: '苏黎世',
    Prague: '布拉格',
  },
  ...{ Warsaw: '华沙', Budapest: '布达佩斯', Athens: '雅典', Stockholm: '斯德哥尔摩', Oslo: '奥斯陆' },
  ...{
    Copenhagen: '哥本哈根',
    Helsinki: '赫尔辛基',
    Kiev: '基辅',
    Kyiv: '基辅',
    Cairo: '开罗',
    Lagos: '拉各斯',
  },
  ...{ Nairobi: '内罗毕', Johannesburg: '约翰内斯堡', New_York: '纽约', Chicago: '芝加哥', Denver: '丹佛' },
  ...{
    Los_Angeles: '洛杉矶',
    Toronto: '多伦多',
    Vancouver: '温哥华',
    Mexico_City: '墨西哥城',
    Bogota: '波哥大',
  },
  ...{
    Lima: '利马',
    Sao_Paulo: '圣保罗',
    Buenos_Aires: '布宜诺斯艾利斯',
    Santiago: '圣地亚哥',
    Honolulu: '檀香山',
  },
  ...{ Sydney: '悉尼', Melbourne: '墨尔本', Brisbane: '布里斯班', Perth: '珀斯', Auckland: '奥克兰' },
}

/** `New York` of a zone's name: the place, as people write it; in Chinese where it has a name there. */
export function placeOfZone(zone: string, language = 'en'): string {
  const place = zone.split('/').at(-1) ?? ''
  return (language.startsWith('zh') && inChinese[place]) || place.replaceAll('_', ' ')
}

export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The zone named by its name or by its place, if that is a city of one zone only; undefined: there is no such. */
export function timeZoneOf(text: string): string | undefined {
  const wanted = text.trim().toLowerCase()
  const found =
    timeZones().find(zone => zone.toLowerCase() === wanted) ??
    timeZones().find(zone => placeOfZone(zone).toLowerCase() === wanted || placeOfZone(zone, 'zh') === wanted)
  return found ?? (isTimeZone(text.trim()) ? text.trim() : undefined)
}
