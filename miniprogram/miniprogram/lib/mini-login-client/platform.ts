import { MiniLoginError, type Action, type ClientCode } from './errors'
import type { Method } from './types'

/** How a `wx` call fails. `errno` exists since base library 2.24.0. */
export interface WxFailure {
  readonly errMsg: string
  readonly errno?: number
}

/** An answer of `wx.request` or `wx.uploadFile`, whatever its status. The data of an upload's is always text. */
export interface WxAnswer {
  readonly statusCode: number
  readonly data: unknown
  readonly header?: Readonly<Record<string, unknown>>
}

/** The part of WeChat's `wx` that the library uses. */
export interface WxApi {
  login(option: {
    timeout: number
    success: (result: { code: string }) => void
    fail: (failure: WxFailure) => void
  }): unknown
  checkSession(option: { success: () => void; fail: () => void }): unknown
  request(option: {
    url: string
    method: Method
    header: Record<string, string>
    data?: string
    timeout: number
    success: (answer: WxAnswer) => void
    fail: (failure: WxFailure) => void
  }): unknown
  uploadFile(option: {
    url: string
    filePath: string
    name: string
    header: Record<string, string>
    timeout: number
    success: (answer: WxAnswer) => void
    fail: (failure: WxFailure) => void
  }): unknown
  getStorageSync(key: string): unknown
  setStorageSync(key: string, data: unknown): void
  removeStorageSync(key: string): void
  getAccountInfoSync(): { miniProgram: { appId: string; envVersion: string; version: string } }
  getDeviceInfo(): { platform: string; model: string }
  getLaunchOptionsSync(): { scene: number }
}

/** How much longer than its own time-out a `wx` call is waited for, in milliseconds. */
const GRACE_MILLIS = 1000

/** WeChat sends ten requests, and ten uploads, at a time and counts the time-out from the sending; so long may the others wait for their turn. */
const TURNS = 2

const ERRNO_TIMEOUT = 5
const ERRNO_URL_NOT_IN_DOMAIN_LIST = 600002
const ERRNO_INVALID_URL = 600009
const ERRNO_LOGIN_BLOCKED = 1402101

const OFFLINE =
  /ERR_(INTERNET_DISCONNECTED|NAME_NOT_RESOLVED|ADDRESS_UNREACHABLE|NETWORK_ACCESS_DENIED|CONNECTION_REFUSED)|offline|unable to resolve host|network is down/i

/**
 * Settles a call that answers by callbacks. WeChat's calls have been seen to call back neither way, so a timer of our own
 * stands behind them; `onCallback` is told of the call's own end, which may come after that timer or never.
 */
function settle<T>(
  limitMillis: number,
  onLimit: () => MiniLoginError,
  call: (resolve: (value: T) => void, reject: (error: MiniLoginError) => void) => void,
  onCallback: () => void = () => undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(onLimit())
    }, limitMillis)
    let calledBack = false
    const end = () => {
      clearTimeout(timer)
      if (!calledBack) {
        calledBack = true
        onCallback()
      }
    }
    const fail = (error: MiniLoginError) => {
      end()
      reject(error)
    }
    try {
      call((value) => {
        end()
        resolve(value)
      }, fail)
    } catch (error) {
      fail(failure('request-not-possible', 'fix-request', String(error)))
    }
  })
}

function failure(code: ClientCode, action: Action, message: string): MiniLoginError {
  return new MiniLoginError({ code, action, message })
}

/**
 * Gets a login code from WeChat: good for five minutes and for one use.
 *
 * @param onCallback called once, when wx.login itself has ended. That may be long after the returned promise was rejected.
 */
export function wxLogin(wx: WxApi, timeoutMillis: number, onCallback: () => void): Promise<string> {
  const onLimit = () => failure('wx-login-timeout', 'wait', `wx.login, with a time-out of ${String(timeoutMillis)} ms, did not call back`)
  const call = (resolve: (code: string) => void, reject: (error: MiniLoginError) => void) => {
    wx.login({
      timeout: timeoutMillis,
      success: (result) => {
        if (result.code) {
          resolve(result.code)
        } else {
          reject(failure('wx-login-failed', 'wait', 'wx.login gave no code'))
        }
      },
      fail: (reason) => {
        reject(loginFailure(reason))
      },
    })
  }
  return settle(timeoutMillis + GRACE_MILLIS, onLimit, call, onCallback)
}

function loginFailure(reason: WxFailure): MiniLoginError {
  if (reason.errno === ERRNO_LOGIN_BLOCKED) {
    return failure('wx-login-blocked', 'blocked', reason.errMsg)
  }
  if (reason.errno === ERRNO_TIMEOUT || /time-?out/i.test(reason.errMsg)) {
    return failure('wx-login-timeout', 'wait', reason.errMsg)
  }
  if (OFFLINE.test(reason.errMsg)) {
    return failure('network-offline', 'wait', reason.errMsg)
  }
  return failure('wx-login-failed', 'wait', reason.errMsg)
}

/** Asks WeChat whether the session_key of the last code is still its current one. */
export function wxCheckSession(wx: WxApi, timeoutMillis: number): Promise<boolean> {
  const onLimit = () => failure('network-timeout', 'wait', 'wx.checkSession did not call back')
  return settle(timeoutMillis, onLimit, (resolve) => {
    wx.checkSession({
      success: () => {
        resolve(true)
      },
      fail: () => {
        resolve(false)
      },
    })
  })
}

export interface WxCall {
  readonly url: string
  readonly method: Method
  readonly header: Readonly<Record<string, string>>
  readonly body?: string
}

/** A file that is sent as the part `name` of a form. */
export interface WxUpload {
  readonly url: string
  readonly header: Readonly<Record<string, string>>
  readonly filePath: string
  readonly name: string
}

/** Sends a request. Every answer resolves, whatever its status; only a failure without an answer rejects. */
export function wxRequest(wx: WxApi, call: WxCall, timeoutMillis: number): Promise<WxAnswer> {
  const onLimit = () => failure('network-timeout', 'wait', `wx.request, with a time-out of ${String(timeoutMillis)} ms, did not call back`)
  return settle(timeoutMillis * TURNS + GRACE_MILLIS, onLimit, (resolve, reject) => {
    wx.request({
      url: call.url,
      method: call.method,
      header: { ...call.header },
      ...(call.body === undefined ? {} : { data: call.body }),
      timeout: timeoutMillis,
      success: resolve,
      fail: (reason) => {
        reject(requestFailure(reason))
      },
    })
  })
}

/** Uploads a file. Every answer resolves, as with {@link wxRequest}. */
export function wxUpload(wx: WxApi, upload: WxUpload, timeoutMillis: number): Promise<WxAnswer> {
  const onLimit = () => failure('network-timeout', 'wait', `wx.uploadFile, with a time-out of ${String(timeoutMillis)} ms, did not call back`)
  return settle(timeoutMillis * TURNS + GRACE_MILLIS, onLimit, (resolve, reject) => {
    wx.uploadFile({
      url: upload.url,
      filePath: upload.filePath,
      name: upload.name,
      header: { ...upload.header },
      timeout: timeoutMillis,
      success: resolve,
      fail: (reason) => {
        reject(requestFailure(reason))
      },
    })
  })
}

function requestFailure(reason: WxFailure): MiniLoginError {
  const { errMsg, errno } = reason
  if (errno === ERRNO_URL_NOT_IN_DOMAIN_LIST || /not in domain list/i.test(errMsg)) {
    return failure('url-not-allowed', 'contact-operator', errMsg)
  }
  if (errno === ERRNO_INVALID_URL || /invalid (url|method)|file (not found|not exist|doesn't exist)|no such file/i.test(errMsg)) {
    return failure('request-not-possible', 'fix-request', errMsg)
  }
  if (errno === ERRNO_TIMEOUT || /time(d |-)?out/i.test(errMsg)) {
    return failure('network-timeout', 'wait', errMsg)
  }
  if (OFFLINE.test(errMsg)) {
    return failure('network-offline', 'wait', errMsg)
  }
  return failure('network-lost', 'wait', errMsg)
}

/** What the phone tells about itself for the list of the user's sessions. Anything it does not tell is left out. */
export interface DeviceLabel {
  readonly version?: string
  readonly platform?: string
  readonly model?: string
  readonly scene?: number
}

/** Reads the label. Older base libraries lack some of the calls, so each part stands alone. */
export function readDeviceLabel(wx: WxApi): DeviceLabel {
  const version = attempt(() => wx.getAccountInfoSync().miniProgram.version)
  const device = attempt(() => wx.getDeviceInfo())
  const scene = attempt(() => wx.getLaunchOptionsSync().scene)
  return {
    ...(version ? { version } : {}),
    ...(device?.platform ? { platform: device.platform } : {}),
    ...(device?.model ? { model: device.model } : {}),
    ...(typeof scene === 'number' ? { scene } : {}),
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
