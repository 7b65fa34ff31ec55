import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { rpxToVw } from './rpx.mjs'

/** The engine's window onto the DOM. Every WXML tag becomes `wx-<tag>`, so that none meets an HTML element of that name. */
export class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  #sheets = new Map()

  constructor() {
    super()
    this.document = {
      createElement: createHost,
      createTextNode: (text) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    }
  }

  /** A sheet is appended once, however many pages use it. */
  appendStyleSheetPath(path, scope) {
    if (!this.#sheets.has(path)) this.#sheets.set(path, super.appendStyleSheetPath(path, scope))
    return this.#sheets.get(path)
  }
}

function createHost(tag) {
  const element = document.createElement(`wx-${tag}`)
  const setAttribute = element.setAttribute
  element.setAttribute = (name, value) => setAttribute.call(element, name, name === 'style' ? rpxToVw(String(value)) : value)
  return element
}
