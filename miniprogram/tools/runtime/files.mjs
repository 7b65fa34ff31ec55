import { ApiFailure } from './api-failure.mjs'
import { throughHosts } from './hosts.mjs'

/** The phone's temporary files: `http://tmp/…` paths that only this runtime can resolve and that die with the page. */
const temporary = new Map()

/** Saved files live in localStorage, like the rest of what the user keeps for the mini program. */
let savedPrefix = null

export function useSavedFiles(prefix) {
  savedPrefix = `${prefix}file/`
}

/** Keeps `dataUrl` as a temporary file and returns its path, in the form that WeChat gives. */
export function createTemporaryFile(dataUrl, extension) {
  const path = `http://tmp/${randomName()}.${extension}`
  temporary.set(path, dataUrl)
  return path
}

/** Moves a temporary file to the saved ones and returns the new path. */
export function saveFile(temporaryPath) {
  if (!temporary.has(temporaryPath)) throw new ApiFailure(`tempFilePath file not exist: ${temporaryPath}`)
  const path = `wxfile://store_${randomName()}${temporaryPath.slice(temporaryPath.lastIndexOf('.'))}`
  localStorage.setItem(savedPrefix + path, temporary.get(temporaryPath))
  temporary.delete(temporaryPath)
  return path
}

export function removeSavedFile(path) {
  if (localStorage.getItem(savedPrefix + path) === null) throw new ApiFailure(`file not exist: ${path}`)
  localStorage.removeItem(savedPrefix + path)
}

export function fileExists(path) {
  return dataUrlOf(path) !== null
}

/** A file as `{name, type, base64}`; null when there is none. */
export function readFile(path) {
  const dataUrl = dataUrlOf(path)
  if (dataUrl === null) return null
  const [, type, base64] = /^data:([^;]+);base64,(.*)$/s.exec(dataUrl)
  return { name: path.slice(path.lastIndexOf('/') + 1), type, base64 }
}

function dataUrlOf(path) {
  return temporary.get(path) ?? localStorage.getItem(savedPrefix + path)
}

/** What a browser can load for a `src` of WXML: a file of the phone, a file of the package, or what the network has there. */
export function resolveSource(source, route) {
  if (!source) return ''
  if (temporary.has(source)) return temporary.get(source)
  if (source.startsWith('wxfile://')) return localStorage.getItem(savedPrefix + source) ?? 'data:,'
  if (/^(data|blob|https?):/.test(source)) return throughHosts(source)
  return assetUrl(source.startsWith('/') ? source : new URL(source, `http://package/${route}`).pathname)
}

/** The URL of a file of the package, given its absolute path in the package. */
export function assetUrl(path) {
  return `./assets${path}`
}

function randomName() {
  return crypto.getRandomValues(new Uint32Array(4)).join('')
}
