/** The few messages between preload and shell; everything else goes over the port to the core. */
export const channels = {
  /** Page to shell: a port to the core, please. */
  connect: 'skein:connect',
  /** Shell to page: here it is. */
  port: 'skein:port',
  /** Shell to page: show this customer. */
  navigate: 'skein:navigate',
  /** Page to shell: this conversation in a window of its own. */
  popOut: 'skein:pop-out',
  /** Passphrase window to shell: try this one; answered with whether it opened. */
  passphrase: 'skein:passphrase',
} as const
