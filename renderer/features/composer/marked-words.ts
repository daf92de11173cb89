import type { Node } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { Extension } from '@tiptap/react'
import type { MarkedWords } from './words-field.ts'

/** The words of a paragraph, a line break inside for a letter: places in them are places in the document. */
export const wordsOfNode = (node: Node): string => node.textBetween(0, node.content.size, undefined, '\n')

/** Draws what is marked in the words of a field with formatting; nothing of it is in the document. */
export const markedWords = (marks: (text: string) => readonly MarkedWords[]) =>
  Extension.create({
    name: 'markedWords',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          decorations({ doc }) {
            const found: Decoration[] = []
            doc.descendants((node, at) => {
              if (!node.isTextblock) return true
              for (const { from, to, kind } of marks(wordsOfNode(node)))
                found.push(
                  Decoration.inline(at + 1 + from, at + 1 + to, { nodeName: 'mark', class: `comp-${kind}` }),
                )
              return false
            })
            return DecorationSet.create(doc, found)
          },
        },
      }),
    ],
  })
