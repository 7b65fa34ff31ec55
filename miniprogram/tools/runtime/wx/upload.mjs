import { ApiFailure } from '../api-failure.mjs'
import { readFile } from '../files.mjs'
import { throughHosts } from '../hosts.mjs'
import { DEFAULT_TIMEOUT_MILLIS, programHeader, taskApi } from './http.mjs'

/** wx.uploadFile: always POST, always a form. The answer's data stays text, also when it is JSON. */
export function uploadApi({ settings, simulator }) {
  return {
    uploadFile: taskApi('uploadFile', ['ProgressUpdate', 'HeadersReceived'], (options, signal) => send(options, settings, simulator, signal)),
  }
}

async function send(options, settings, simulator, signal) {
  const file = readFile(options.filePath)
  if (!file) throw new ApiFailure(`file not found: ${options.filePath}`)
  if (!options.name) throw new ApiFailure('parameter error: parameter.name should be String')
  const header = programHeader(options.header)
  // WeChat sets it, with the boundary.
  delete header['content-type']
  const { statusCode, data } = await simulator.post('/client/upload', {
    appId: settings.appId,
    envVersion: settings.envVersion,
    url: throughHosts(String(options.url)),
    header,
    name: options.name,
    fileName: file.name,
    contentType: file.type,
    base64: file.base64,
    formData: options.formData ?? {},
    timeout: options.timeout ?? DEFAULT_TIMEOUT_MILLIS,
  }, signal)
  return { statusCode, data }
}
