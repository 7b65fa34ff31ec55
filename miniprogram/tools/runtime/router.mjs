import { createBars } from './bars.mjs'
import { ApiFailure } from './api-failure.mjs'
import { guarded } from './program-app.mjs'

/** WeChat's limit of pages on top of each other. */
const MAX_PAGES = 10

/** The page stack: opens, shows, hides and closes pages and calls their lifecycle functions in WeChat's order. */
export class Router {
  #program
  #engine
  #require
  #screen
  #stack = []
  #tabs = new Map()
  #bars

  constructor({ program, engine, require, screen }) {
    this.#program = program
    this.#engine = engine
    this.#require = require
    this.#screen = screen
    this.#bars = createBars(program.app, {
      back: () => this.navigateBack({}),
      switchTab: (path) => this.switchTab({ url: `/${path}` }),
    })
  }

  /** What `getCurrentPages()` answers. */
  get pages() {
    return this.#stack.map((entry) => entry.page)
  }

  launch(path, query) {
    this.#push(path, query)
  }

  async navigateTo({ url }) {
    const { path, query } = this.#resolve(url)
    if (this.#isTab(path)) throw new ApiFailure('can not navigateTo a tabbar page')
    if (this.#stack.length >= MAX_PAGES) throw new ApiFailure(`webview count limit exceed`)
    this.#hideTop()
    this.#push(path, query)
    return {}
  }

  async redirectTo({ url }) {
    const { path, query } = this.#resolve(url)
    if (this.#isTab(path)) throw new ApiFailure('can not redirectTo a tabbar page')
    this.#close(this.#stack.pop())
    this.#push(path, query)
    return {}
  }

  async reLaunch({ url }) {
    const { path, query } = this.#resolve(url)
    for (const entry of this.#stack.splice(0).reverse()) this.#close(entry)
    for (const entry of this.#tabs.values()) this.#close(entry)
    this.#tabs.clear()
    this.#push(path, query)
    return {}
  }

  async switchTab({ url }) {
    const { path } = this.#resolve(url)
    if (!this.#isTab(path)) throw new ApiFailure('can not switch to no-tabBar page')
    if (this.#top?.path === path) return {}
    while (this.#stack.length > 1) this.#close(this.#stack.pop())
    this.#hideTop()
    const old = this.#stack.pop()
    if (old && !this.#isTab(old.path)) this.#close(old)
    if (this.#tabs.has(path)) {
      this.#stack.push(this.#tabs.get(path))
      this.#showTop()
    } else {
      this.#push(path, {})
    }
    return {}
  }

  async navigateBack({ delta = 1 } = {}) {
    if (this.#stack.length <= 1) throw new ApiFailure('cannot navigate back at first page.')
    for (let left = Math.min(delta, this.#stack.length - 1); left > 0; left -= 1) this.#close(this.#stack.pop())
    this.#showTop()
    return {}
  }

  setTitle(title) {
    this.#top?.bar.setTitle(title)
  }

  setTabBarItem({ index, text, iconPath, selectedIconPath }) {
    if (!(index >= 0 && index < (this.#program.app.tabBar?.list.length ?? 0))) throw new ApiFailure('tabbar item not found')
    this.#bars.setTabBarItem({ index, text, iconPath, selectedIconPath })
  }

  appShown() {
    if (this.#top) this.#lifecycle(this.#top, 'onShow', 'show')
  }

  appHidden() {
    if (this.#top) this.#lifecycle(this.#top, 'onHide', 'hide')
  }

  get #top() {
    return this.#stack[this.#stack.length - 1]
  }

  #isTab(path) {
    return (this.#program.app.tabBar?.list ?? []).some((item) => item.pagePath === path)
  }

  #resolve(url) {
    const [reference, search = ''] = String(url ?? '').split('?')
    const base = reference.startsWith('/') ? '/' : `/${this.#top?.path ?? ''}`
    const path = new URL(reference, `http://program${base}`).pathname.slice(1)
    if (!this.#program.units.some((unit) => unit.kind === 'page' && unit.path === path)) throw new ApiFailure(`page "${path}" is not found`)
    return { path, query: parseQuery(search) }
  }

  #push(path, query) {
    this.#engine.register(path, this.#require)
    const unit = this.#program.units.find((candidate) => candidate.path === path)
    const element = document.createElement('section')
    element.className = 'phone-page'
    const bar = this.#bars.navigationBar(unit.config, { canGoBack: this.#stack.length > 0 })
    const content = document.createElement('div')
    content.className = 'phone-content'
    const placeholder = document.createElement('div')
    content.append(placeholder)
    element.append(...[bar.element, content].filter(Boolean))
    if (this.#isTab(path)) element.append(this.#bars.tabBar(path))
    this.#screen.append(element)

    const root = this.#engine.createRoot(withQuery(path, query))
    const page = root.get()
    root.getComponent().getBackendElement().setAttribute('data-route', path)
    Object.assign(page, { route: path, options: query })
    const entry = { path, root, page, element, bar }
    this.#stack.push(entry)
    if (this.#isTab(path)) this.#tabs.set(path, entry)
    root.attach(content, placeholder)
    this.#call(entry, 'onLoad', query)
    this.#showTop()
    requestAnimationFrame(() => {
      if (!entry.closed) this.#call(entry, 'onReady')
    })
  }

  #showTop() {
    this.#top.element.hidden = false
    this.#lifecycle(this.#top, 'onShow', 'show')
  }

  #hideTop() {
    if (!this.#top) return
    this.#top.element.hidden = true
    this.#lifecycle(this.#top, 'onHide', 'hide')
  }

  #close(entry) {
    entry.closed = true
    this.#tabs.delete(entry.path)
    this.#call(entry, 'onUnload')
    entry.root.release()
    entry.element.remove()
  }

  #lifecycle(entry, method, lifetime) {
    entry.root.getComponent().triggerPageLifetime(lifetime, [])
    this.#call(entry, method)
  }

  #call(entry, method, ...args) {
    if (typeof entry.page[method] === 'function') guarded(`${entry.path} ${method}`, () => entry.page[method](...args))
  }
}

function parseQuery(search) {
  return Object.fromEntries(search.split('&').filter(Boolean).map((pair) => {
    const [key, value = ''] = pair.split('=')
    return [key, decodeURIComponent(value)]
  }))
}

function withQuery(path, query) {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path
}

