import { recordError } from './observations.mjs'

/** The program's App object, its launch, and its way to the background and back. */
export class ProgramApp {
  #definition = null
  #options = null
  #listeners = { show: new Set(), hide: new Set() }
  #visible = false

  /** The `App()` that app.ts calls. */
  register(definition) {
    this.#definition = definition
  }

  /** The `getApp()` of every module. */
  get instance() {
    return this.#definition
  }

  get launchOptions() {
    return this.#options
  }

  /** The launch options are known before the program's first line runs. */
  prepare(options) {
    this.#options = options
  }

  launch() {
    this.#visible = true
    this.#call('onLaunch', this.#options)
    this.#call('onShow', this.#options)
  }

  show() {
    if (this.#visible) return
    this.#visible = true
    this.#call('onShow', this.#options)
    this.#notify('show', this.#options)
  }

  hide() {
    if (!this.#visible) return
    this.#visible = false
    this.#call('onHide')
    this.#notify('hide')
  }

  on(kind, listener) {
    this.#listeners[kind].add(listener)
  }

  /** Without a listener all are removed, as `wx.offAppShow()` does. */
  off(kind, listener) {
    if (listener) this.#listeners[kind].delete(listener)
    else this.#listeners[kind].clear()
  }

  #notify(kind, argument) {
    for (const listener of [...this.#listeners[kind]]) guarded(`on app ${kind}`, () => listener(argument))
  }

  #call(name, ...args) {
    if (typeof this.#definition?.[name] === 'function') guarded(`App.${name}`, () => this.#definition[name](...args))
  }
}

/** Runs program code; what it throws is recorded and does not stop the phone. */
export function guarded(where, run) {
  try {
    return run()
  } catch (error) {
    recordError(error, where)
    return undefined
  }
}
