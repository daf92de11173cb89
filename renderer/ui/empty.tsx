import type { ReactNode } from 'react'
import './empty.css'

/** Nothing here, and what that means. */
export function Empty({
  title,
  main,
  children,
  action,
  knot,
}: {
  title: string
  /** It is all that a screen shows: its title is the screen's. */
  main?: boolean
  children?: ReactNode
  action?: ReactNode
  knot?: boolean
}) {
  return (
    <div className="empty">
      {knot && <Knot />}
      {main ? <h1 className="semi">{title}</h1> : <p className="semi">{title}</p>}
      {children && <p className="meta">{children}</p>}
      {action}
    </div>
  )
}

/** The desk's thread with one loop: everything is done. */
const Knot = () => (
  <svg className="empty-knot" viewBox="0 0 64 34" aria-hidden="true" focusable="false">
    <path d="M2 28H22C36 28 43 20 43 13C43 8 38 4 32 4C26 4 21 8 21 13" />
    <path className="empty-gap" d="M21 13C21 20 28 28 42 28" />
    <path d="M21 12.5C21 20 28 28 42 28H62" />
  </svg>
)
