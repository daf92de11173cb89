// Spelling of English, by the system's own checker on macOS and Windows. No dictionary is ever fetched: the address they would come from
// is a port of this machine that browsers refuse. Chinese is in no language that is asked for, so it is never underlined.
import type { ContextMenuParams, MenuItemConstructorOptions, Session, WebContents } from 'electron'
import type { ElectronModule } from './electron-module.ts'
import type { Words } from './words.ts'

const NOWHERE = 'http://127.0.0.1:9/'

/** British where the system is; American otherwise. @param tags the system's languages, such as `en-AU` */
export const spellingOf = (tags: readonly string[]): 'en-US' | 'en-GB' => {
  const english = tags.find(tag => tag.toLowerCase().startsWith('en'))
  return english === undefined || /^en(-us|-ph)?$/i.test(english) ? 'en-US' : 'en-GB'
}

export const checkSpelling = (session: Session, tags: readonly string[]): void => {
  session.setSpellCheckerDictionaryDownloadURL(NOWHERE)
  // macOS finds the language by itself and has nothing to be told.
  if (process.platform !== 'darwin') session.setSpellCheckerLanguages([spellingOf(tags)])
}

/**
 * What a click with the other button offers where one types or has chosen text; pure. Words cannot be added to a dictionary: a session that
 * leaves nothing on the disk has none of its own, and Electron then takes none for the system's either.
 *
 * @returns empty: there is nothing to offer
 */
export const contextMenu = (
  { isEditable, misspelledWord, dictionarySuggestions, selectionText, editFlags }: Offered,
  words: Words,
  replace: (word: string) => void,
): MenuItemConstructorOptions[] => {
  const wrong = isEditable && misspelledWord !== ''
  const suggestions: MenuItemConstructorOptions[] = wrong
    ? [
        ...dictionarySuggestions.slice(0, 5).map(word => ({ label: word, click: () => replace(word) })),
        ...(dictionarySuggestions.length === 0 ? [{ label: words.noSuggestions, enabled: false }] : []),
        { type: 'separator' },
      ]
    : []
  if (isEditable)
    return [
      ...suggestions,
      { role: 'cut', label: words.cut, enabled: editFlags.canCut },
      { role: 'copy', label: words.copy, enabled: editFlags.canCopy },
      { role: 'paste', label: words.paste, enabled: editFlags.canPaste },
      { role: 'pasteAndMatchStyle', label: words.pastePlain, enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: words.selectAll, enabled: editFlags.canSelectAll },
    ]
  return selectionText.trim() === '' ? [] : [{ role: 'copy', label: words.copy }]
}

type Offered = Pick<
  ContextMenuParams,
  'isEditable' | 'misspelledWord' | 'dictionarySuggestions' | 'selectionText'
> & { editFlags: Pick<ContextMenuParams['editFlags'], 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'> }

export const offerContextMenu = (
  electron: ElectronModule,
  contents: WebContents,
  words: () => Words,
): void => {
  contents.on('context-menu', (_event, params) => {
    const template = contextMenu(params, words(), word => contents.replaceMisspelling(word))
    if (template.length > 0) electron.Menu.buildFromTemplate(template).popup()
  })
}
