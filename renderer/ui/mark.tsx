import './mark.css'

/** The mark: one thread in the four channels' colours. `--mark-ground` is the colour behind it. */
export const Mark = ({ label }: { label?: string }) => (
  <svg className="mark" viewBox="0 0 32 32" role="img" aria-label={label ?? 'Skein 一线'} focusable="false">
    <path className="mark-email mark-end" d="M2.5 22.5H8.5" />
    <path className="mark-email" d="M8 22.5C17.5 22.5 24.5 17.5 24.5 11.6" />
    <path className="mark-chat" d="M24.5 11.8C24.5 7.4 20.8 4.6 16 4.6" />
    <path className="mark-phone" d="M16.2 4.6C11.2 4.6 7.5 7.4 7.5 11.8" />
    <path className="mark-gap" d="M7.5 11.6C7.5 17.5 14.5 22.5 24 22.5" />
    <path className="mark-social" d="M7.5 11.6C7.5 17.5 14.5 22.5 24 22.5" />
    <path className="mark-social mark-end" d="M23.5 22.5H29.5" />
  </svg>
)
