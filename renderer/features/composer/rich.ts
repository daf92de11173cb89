// What writing with formatting needs: a file of its own, a quarter of the page's script.
export { FormatBar } from './format-bar.tsx'
export { PictureBar } from './pictures/bar.tsx'
export { RichField } from './rich-field.tsx'
