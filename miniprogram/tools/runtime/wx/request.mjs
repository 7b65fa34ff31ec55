import { ApiFailure } from '../api-failure.mjs'
import { throughHosts } from '../hosts.mjs'
import { DEFAULT_TIMEOUT_MILLIS, programHeader, taskApi } from './http.mjs'

/** The methods that wx.request knows; there is no PATCH among them. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']

/** wx.request. The simulator does the HTTP, as the phone would. */
export function requestApi({ settings, simulator }) {
  return {
    request: taskApi('request', ['HeadersReceived', 'ChunkReceived'], (options, signal) => send(options, settings, simulator, signal)),
  }
}

async function send(options, settings, simulator, signal) {
  const method = String(options.method ?? 'GET').toUpperCase()
  if (!METHODS.includes(method)) throw new ApiFailure('invalid method', { errno: 600009 })
  const header = { 'content-type': 'application/json', ...programHeader(options.header) }
  const answer = await simulator.post('/client/request', {
    appId: settings.appId,
    envVersion: settings.envVersion,
    url: throughHosts(withQuery(String(options.url), method, options.data)),
    method,
    header,
    data: method === 'GET' ? null : encodeBody(options.data, header['content-type']),
    timeout: options.timeout ?? DEFAULT_TIMEOUT_MILLIS,
  }, signal)
  return { statusCode: answer.statusCode, header: answer.header, cookies: [], data: decode(answer.data, options.dataType) }
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
