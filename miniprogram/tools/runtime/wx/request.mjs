import { ApiFailure } from '../api-failure.mjs'
import { recordCall } from '../observations.mjs'
import { deliver } from './calling.mjs'

/** The methods that wx.request knows; there is no PATCH among them. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']
const DEFAULT_TIMEOUT_MILLIS = 60_000
/** WeChat runs this many requests at a time; the others wait. */
const MAX_CONCURRENT = 10

/** wx.request: returns a task at once and answers by callbacks. The simulator does the HTTP, as the phone would. */
export function requestApi({ settings, simulator }) {
  const slots = new Slots(MAX_CONCURRENT)
  return {
    request(options = {}) {
      recordCall('request')
      const controller = new AbortController()
      const answer = slots.run(() => send(options, settings, simulator, controller.signal)).catch((error) => {
        throw error instanceof ApiFailure ? error.describe('request') : { errMsg: `request:fail ${error.message}` }
      })
      deliver('request', answer, options)
      return {
        abort: () => controller.abort(),
        onHeadersReceived() {},
        offHeadersReceived() {},
        onChunkReceived() {},
        offChunkReceived() {},
      }
    },
  }
}

async function send(options, settings, simulator, signal) {
  if (signal.aborted) throw new ApiFailure('abort')
  const method = String(options.method ?? 'GET').toUpperCase()
  if (!METHODS.includes(method)) throw new ApiFailure('invalid method', { errno: 600009 })
  const header = { 'content-type': 'application/json', ...lowerCased(options.header ?? {}) }
  delete header.referer
  const answer = await simulator.post('/client/request', {
    appId: settings.appId,
    envVersion: settings.envVersion,
    url: throughHosts(withQuery(String(options.url), method, options.data), settings.hosts),
    method,
    header,
    data: method === 'GET' ? null : encodeBody(options.data, header['content-type']),
    timeout: options.timeout ?? DEFAULT_TIMEOUT_MILLIS,
  }, signal)
  return { statusCode: answer.statusCode, header: answer.header, cookies: [], data: decode(answer.data, options.dataType), errMsg: 'request:ok' }
}

/** The phone's hosts file: an origin may lead elsewhere. */
export function throughHosts(url, hosts) {
  for (const [origin, target] of Object.entries(hosts)) {
    if (url === origin || url.startsWith(`${origin}/`) || url.startsWith(`${origin}?`)) return target + url.slice(origin.length)
  }
  return url
}

function withQuery(url, method, data) {
  if (method !== 'GET' || data === null || typeof data !== 'object') return url
  const query = encodeForm(data)
  if (query === '') return url
  return url + (url.includes('?') ? '&' : '?') + query
}

function encodeBody(data, contentType) {
  if (data === undefined || data === null) return null
  if (typeof data === 'string') return data
  return contentType.includes('x-www-form-urlencoded') ? encodeForm(data) : JSON.stringify(data)
}

function encodeForm(data) {
  return Object.entries(data).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')
}

/** With `dataType: json`, the default, WeChat parses the text and leaves it as it is when it is not JSON. */
function decode(text, dataType = 'json') {
  if (dataType !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function lowerCased(header) {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

class Slots {
  #free
  #waiting = []

  constructor(count) {
    this.#free = count
  }

  async run(task) {
    if (this.#free > 0) this.#free -= 1
    else await new Promise((resolve) => { this.#waiting.push(resolve) })
    try {
      return await task()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}
