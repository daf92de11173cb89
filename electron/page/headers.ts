// The page's Content-Security-Policy and its companions: one list for packages (skein-app:) and for the browser preview.
// Guards the security baseline: no inline script, no script or connection but our own, nobody may frame the desk.

/** What only development needs: a nonce for Vite's inline preamble. */
export interface PageExtras {
  scriptNonce?: string
}

/**
 * Styles may be inline because the frame that shows a mail inherits this policy, and mails style themselves inline;
 * that frame runs no script and loads nothing (its own policy is narrower still).
 */
export const contentSecurityPolicy = ({ scriptNonce }: PageExtras = {}): string =>
  [
    "default-src 'none'",
    `script-src 'self'${scriptNonce === undefined ? '' : ` 'nonce-${scriptNonce}'`}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "frame-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')

/** Headers of every answer that carries a part of the page. */
export const pageHeaders = (extras: PageExtras = {}): Record<string, string> => ({
  'Content-Security-Policy': contentSecurityPolicy(extras),
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), usb=(), serial=(), hid=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
})
