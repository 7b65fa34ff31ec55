import { ApiFailure } from '../api-failure.mjs'
import { asyncApi, syncApi } from './calling.mjs'

const LIMIT_KILOBYTES = 10 * 1024

/**
 * WeChat's storage in the browser's localStorage, under `prefix` (one user of one mini program). Values are JSON in an
 * envelope, so that text and objects come back as what they were. `encrypt` is accepted: the browser keeps plain text.
 */
export function storageApi(prefix) {
  const keyPrefix = `${prefix}storage/`
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(keyPrefix)).map((key) => key.slice(keyPrefix.length))
  const has = (key) => localStorage.getItem(keyPrefix + key) !== null
  const read = (key) => JSON.parse(localStorage.getItem(keyPrefix + key)).data
  const write = (key, data) => {
    if (typeof key !== 'string' || key === '') throw new ApiFailure('parameter error: parameter.key should be String')
    localStorage.setItem(keyPrefix + key, JSON.stringify({ data }))
  }
  const remove = (key) => localStorage.removeItem(keyPrefix + key)
  const clear = () => keys().forEach(remove)
  const info = () => {
    const bytes = keys().reduce((sum, key) => sum + key.length + localStorage.getItem(keyPrefix + key).length, 0)
    return { keys: keys(), currentSize: Math.ceil(bytes / 1024), limitSize: LIMIT_KILOBYTES }
  }
  return {
    getStorageSync: syncApi('getStorageSync', (key) => (has(key) ? read(key) : '')),
    setStorageSync: syncApi('setStorageSync', write),
    removeStorageSync: syncApi('removeStorageSync', remove),
    clearStorageSync: syncApi('clearStorageSync', clear),
    getStorageInfoSync: syncApi('getStorageInfoSync', info),
    getStorage: asyncApi('getStorage', async ({ key }) => {
      if (!has(key)) throw new ApiFailure('data not found')
      return { data: read(key) }
    }),
    setStorage: asyncApi('setStorage', async ({ key, data }) => write(key, data)),
    removeStorage: asyncApi('removeStorage', async ({ key }) => remove(key)),
    clearStorage: asyncApi('clearStorage', async () => clear()),
    getStorageInfo: asyncApi('getStorageInfo', async () => info()),
  }
}
