import { ApiFailure } from '../api-failure.mjs'
import { fileExists, removeSavedFile, saveFile } from '../files.mjs'
import { callbackApi, syncApi } from './calling.mjs'

/** The part of the file system manager that keeps a chosen picture. */
export function fileSystemApi() {
  const manager = {
    saveFile: callbackApi('saveFile', async ({ tempFilePath }) => ({ savedFilePath: saveFile(tempFilePath) })),
    removeSavedFile: callbackApi('removeSavedFile', async ({ filePath }) => removeSavedFile(filePath)),
    access: callbackApi('access', async ({ path }) => {
      if (!fileExists(path)) throw new ApiFailure(`no such file or directory ${path}`)
    }),
  }
  return { getFileSystemManager: syncApi('getFileSystemManager', () => manager) }
}
