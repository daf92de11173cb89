/** Electron's module as its own types describe it. It is passed in, so that tests can put a double in its place. */
export type ElectronModule = typeof import('electron')
