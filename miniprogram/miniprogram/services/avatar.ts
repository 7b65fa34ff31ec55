import { envVersion } from './mini-login'

/** A picture on this phone. */
export interface LocalAvatar {
  readonly path: string
  /** False when it dies with this run of the mini program. */
  readonly kept: boolean
}

/** The picture that this user chose on this phone; null when there is none. */
export function readAvatar(userId: string): LocalAvatar | null {
  const path: unknown = wx.getStorageSync(keyOf(userId))
  return typeof path === 'string' && path !== '' ? { path, kept: true } : null
}

/** Keeps a chosen picture. WeChat's temporary file dies with the mini program, so it is moved to a saved one. */
export async function keepAvatar(userId: string, temporaryPath: string): Promise<LocalAvatar> {
  try {
    const path = await saveFile(temporaryPath)
    removeAvatar(userId)
    wx.setStorageSync(keyOf(userId), path)
    return { path, kept: true }
  } catch {
    return { path: temporaryPath, kept: false }
  }
}

/** Removes the user's picture from this phone. */
export function removeAvatar(userId: string): void {
  const previous = readAvatar(userId)
  if (previous) {
    wx.getFileSystemManager().removeSavedFile({ filePath: previous.path })
    wx.removeStorageSync(keyOf(userId))
  }
}

function saveFile(tempFilePath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().saveFile({
      tempFilePath,
      success: (result) => {
        resolve(result.savedFilePath)
      },
      fail: (failure) => {
        reject(new Error(failure.errMsg))
      },
    })
  })
}

function keyOf(userId: string): string {
  return `mini-login-app/${envVersion}/avatar/${userId}`
}
