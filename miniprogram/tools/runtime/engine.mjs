import { glassEasel, MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { PhoneBackend } from './backend.mjs'
import { defineBuiltins } from './builtins/index.mjs'
import { observations, recordError } from './observations.mjs'

/** WeChat's component engine with one mini program loaded into it. */
export class Engine {
  #program
  #space
  #backend
  #registered = new Set()
  #environment = null

  constructor(program, services) {
    this.#program = program
    glassEasel.addGlobalErrorListener((error, where) => {
      recordError(error, where)
      return false
    })
    glassEasel.addGlobalWarningListener((message) => {
      observations.warnings.push(message)
      return false
    })
    writeDatasetToDom()
    const environment = new MiniProgramEnv()
    this.#space = environment.createCodeSpace('', true)
    writeIdsToDom(this.#space)
    defineBuiltins(this.#space.getComponentSpace(), services)
    const backend = new PhoneBackend()
    backend.onEvent((target, type, detail, options) => glassEasel.triggerEvent(target, type, detail, options))
    this.#backend = environment.associateBackend(backend)
    this.#load()
  }

  /** The constructors that the program's modules see; valid while a unit's module runs. */
  get globals() {
    return {
      Page: (definition) => this.#current('Page').Page(definition),
      Component: (definition) => this.#current('Component').Component(definition),
      Behavior: (definition) => this.#space.behavior().definition(definition).register(),
    }
  }

  /** Runs the module of a page or component, after those of the components that it uses. */
  register(path, require) {
    if (this.#registered.has(path)) return
    this.#registered.add(path)
    const unit = this.#program.units.find((candidate) => candidate.path === path)
    for (const used of Object.values(unit.config.usingComponents)) this.register(used.slice(1), require)
    this.#space.componentEnv(path, (environment) => {
      const outer = this.#environment
      this.#environment = environment
      try {
        require(path)
      } finally {
        this.#environment = outer
      }
    })
  }

  /** A new root component of a registered page; `url` may carry a query. */
  createRoot(url) {
    return this.#backend.createRoot('page', this.#space, url)
  }

  #current(name) {
    if (!this.#environment) throw new Error(`${name}() outside of a page's or component's own module`)
    return this.#environment
  }

  #load() {
    const { units, styles, templates } = this.#program
    if (styles.app !== undefined) this.#addStyle('app', undefined)
    for (const { path, scope, config } of units) {
      this.#space.addComponentStaticConfig(path, config)
      this.#addStyle(path, scope)
      this.#space.addCompiledTemplate(path, { groupList: templates, content: templates[path], fallbackListenerOnNativeNode: true })
    }
    for (const [path, css] of Object.entries(styles)) this.#backend.registerStyleSheetContent(path, css)
  }

  /** Also for a unit without a sheet: its classes have the scope's name all the same. */
  #addStyle(path, scope) {
    this.#space.addStyleSheet(path, this.#program.styles[path] === undefined ? undefined : path, scope)
  }
}

/** `#id` selectors and tests need the ids as they are written in WXML; the adapter hides them. */
function writeIdsToDom(space) {
  const prepare = space.prepareComponentOptions
  space.prepareComponentOptions = function (...args) {
    const [options, isolation] = prepare.apply(this, args)
    return [{ ...options, idPrefixGenerator: null, writeIdToDOM: true }, isolation]
  }
}

/** Lets tests read `data-*` in the DOM; the engine keeps datasets to itself. */
function writeDatasetToDom() {
  const prototype = glassEasel.Element.prototype
  const setDataset = prototype.setDataset
  prototype.setDataset = function (name, value) {
    setDataset.call(this, name, value)
    const element = this.getBackendElement()
    if (element && ['string', 'number', 'boolean'].includes(typeof value)) {
      element.setAttribute(`data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, String(value))
    }
  }
}
