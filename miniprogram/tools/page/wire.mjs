import { h } from '../runtime/dom.mjs'

const LANES = ['Mini program', 'Mini Login server', 'WeChat']

/** More rows than anybody reads make the page slow; the oldest go. */
const MAX_ROWS = 300

/** The live sequence diagram: one row per message, in the order of their times. */
export class WireView {
  #rows = h('ol', { className: 'wire-rows' })
  #empty = h('p', { className: 'wire-empty', textContent: 'Tap the log-in button on the phone. Every message appears here, with its secrets masked.' })
  #seen = new Set()

  constructor() {
    const heads = LANES.map((name, index) => h('span', { className: `lane lane-${index}`, textContent: name }))
    this.element = h('div', { className: 'wire' }, [h('div', { className: 'wire-head' }, heads), this.#empty, this.#rows])
  }

  /** Adds one entry of the simulator's wire log; an entry that is there already is left alone. */
  addMessage(entry) {
    const key = `${entry.id} ${entry.at}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#insert(messageRow(entry), Date.parse(entry.at))
  }

  /** Adds a call that the program makes to the phone itself. */
  addPhoneCall(name) {
    const row = h('li', { className: 'row call' }, [h('span', { className: 'chip', textContent: `wx.${name}` })])
    this.#insert(row, Date.now())
  }

  clear() {
    this.#rows.replaceChildren()
    this.#empty.hidden = false
  }

  /** An entry is logged when its answer arrives and tells when its request began: an outer call moves before its inner one. */
  #insert(row, at) {
    row.dataset.at = String(at)
    this.#empty.hidden = true
    const nearEnd = this.#rows.scrollHeight - this.#rows.scrollTop - this.#rows.clientHeight < 80
    let before = this.#rows.lastElementChild
    while (before && Number(before.dataset.at) > at) before = before.previousElementSibling
    if (before) before.after(row)
    else this.#rows.prepend(row)
    if (this.#rows.children.length > MAX_ROWS) this.#rows.firstElementChild.remove()
    if (nearEnd) this.#rows.scrollTop = this.#rows.scrollHeight
  }
}

function messageRow(entry) {
  const hop = hopOf(entry)
  const failed = entry.status === 0 || entry.status >= 400
  const [path, query] = entry.path.split('?')
  const summary = h('summary', {}, [
    h('span', { className: 'arrow', ariaHidden: 'true' }),
    h('span', { className: 'label' }, [h('b', { textContent: entry.method }), ` ${path}`]),
    h('span', { className: `status ${failed ? 'failed' : 'good'}`, textContent: entry.status === 0 ? 'no answer' : String(entry.status) }),
    h('span', { className: 'millis', textContent: `${entry.millis} ms` }),
  ])
  const details = h('details', {}, [summary, h('div', { className: 'message' }, facts(entry, query))])
  return h('li', { className: `row ${hop}${failed ? ' row-failed' : ''}` }, [details])
}

/** WeChat asks the server, too: pushes, and pictures that it is to look at. */
function hopOf({ from, to }) {
  if (from === 'wechat') return 'hop-push'
  return to === 'wechat' ? 'hop-wechat' : 'hop-server'
}

function facts(entry, query) {
  const pairs = [
    ['At', new Date(entry.at).toLocaleTimeString(undefined, { hour12: false })],
    ['Query', query?.split('&').join('\n')],
    ['Request headers', entry.requestHeaders && headerText(entry.requestHeaders)],
    ['Request', pretty(entry.requestBody)],
    ['Answer', pretty(entry.responseBody)],
    ['Note', entry.note],
  ]
  return pairs.filter(([, value]) => value).map(([name, value]) => h('section', { className: value.includes('\n') ? '' : 'wide' }, [h('h2', { textContent: name }), h('pre', { textContent: value })]))
}

function headerText(headers) {
  return Object.entries(headers).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`).join('\n')
}

function pretty(text) {
  if (!text) return ''
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
