// What is not ours to give: chords that systems, editing and input methods mean. Alt and a letter opens menus on Windows and types a sign
// on a Mac, so nothing of ours has Alt.
import { chordOf } from './chord.ts'

export type TakenBy = 'system' | 'editing' | 'input-method' | 'alt'

const system = [
  // Windows, and the roles of our own menu (electron/shell/menu.ts).
  ...['Alt+F4', 'F10', 'F11', 'F12', 'Mod+Q', 'Mod+W', 'Mod+M', 'Mod+Escape', 'Mod+Shift+Escape'],
  ...[
    'Mod+R',
    'Mod+Shift+R',
    'F5',
    'Mod+Shift+I',
    'Mod+0',
    'Mod+-',
    'Mod+=',
    'Mod++',
    'Mod+Tab',
    'Mod+Shift+Tab',
  ],
  // macOS: hide, switch windows, full screen, help, screenshots.
  ...['Mod+H', 'Mod+`', 'Mod+Shift+?', 'Mod+Shift+3', 'Mod+Shift+4', 'Mod+Shift+5', 'Mod+Shift+Q'],
]

const editing = [
  ...[
    'Mod+C',
    'Mod+V',
    'Mod+X',
    'Mod+A',
    'Mod+Z',
    'Mod+Y',
    'Mod+Shift+Z',
    'Mod+Shift+V',
    'Mod+Insert',
    'Shift+Insert',
  ],
  ...[
    'Mod+ArrowLeft',
    'Mod+ArrowRight',
    'Mod+ArrowUp',
    'Mod+ArrowDown',
    'Mod+Home',
    'Mod+End',
    'Mod+Backspace',
    'Mod+Delete',
  ],
  ...['Tab', 'Shift+Tab', 'Backspace', 'Delete', 'Shift+Delete'],
]

/**
 * Microsoft Pinyin and its kin: on and off, full width, Chinese punctuation, simplified and traditional. Spotlight and the choice of an
 * input source on a Mac.
 */
const inputMethod = ['Mod+ ', 'Shift+ ', 'Mod+Shift+ ', 'Mod+.', 'Mod+Shift+F', ' ']

/** Who else means a chord; undefined: nobody. */
export function takenBy(text: string): TakenBy | undefined {
  if (chordOf(text).alt) return 'alt'
  if (system.includes(text)) return 'system'
  if (editing.includes(text)) return 'editing'
  return inputMethod.includes(text) ? 'input-method' : undefined
}
