import { MiniLoginError } from './errors'
import { readDeviceLabel, wxLogin, wxRequest, type WxApi } from './platform'
import { errorOf, isAnswerLost, jsonObject, unexpected } from './problem'
import { randomId, type Grant, type TokenGrant } from './session-store'
import type { User } from './types'

export interface LoginSettings {
  readonly wx: WxApi
  readonly baseUrl: string
  readonly appId: string
  readonly envVersion: string
  readonly loginTimeoutMillis: number
  readonly requestTimeoutMillis: number
}

/** One code: from before wx.login is called until its exchange has ended. */
export interface Attempt {
  /** wx.login has ended, perhaps long after it was given up. Until then WeChat may replace the session_key. */
  codeSettled(): void
  /** The login has gone on, with a session or an error. */
  ended(): void
}

/** What the rest of the library is told while a login runs. */
export interface LoginObserver {
  /** wx.login is about to be called: WeChat may replace its session_key, and the server does not have the new one. */
  attemptStarts(): Attempt
  /** The same code is sent again, because the answer to it was lost. */
  resent(code: string): void
}

/**
 * The problems that a new code solves at once. The other ones with the action `new-code` are troubles of WeChat, where a
 * second login would only add to the load: the user decides about it.
 */
const SOLVED_BY_A_NEW_CODE: readonly string[] = ['code-used', 'code-invalid', 'login-not-recorded']

/**
 * Logs in: a code from WeChat, exchanged at the server for a session. A code that turns out to be used up is replaced by
 * a new one, once.
 */
export async function logIn(settings: LoginSettings, installId: string, observer: LoginObserver): Promise<Grant> {
  try {
    return await logInWithNewCode(settings, installId, observer)
  } catch (error) {
    if (error instanceof MiniLoginError && SOLVED_BY_A_NEW_CODE.includes(error.code)) {
      return logInWithNewCode(settings, installId, observer)
    }
    throw error
  }
}

async function logInWithNewCode(settings: LoginSettings, installId: string, observer: LoginObserver): Promise<Grant> {
  const attempt = observer.attemptStarts()
  try {
    const code = await wxLogin(settings.wx, settings.loginTimeoutMillis, () => {
      attempt.codeSettled()
    })
    return await sendTwiceAtMost(exchange(settings, installId, code), observer)
  } finally {
    attempt.ended()
  }
}

async function sendTwiceAtMost(send: () => Promise<Grant>, observer: LoginObserver): Promise<Grant> {
  try {
    return await send()
  } catch (error) {
    if (error instanceof MiniLoginError && isAnswerLost(error)) {
      observer.resent(error.code)
      return send()
    }
    throw error
  }
}

/**
 * Prepares the exchange of one code. Each sending carries the same idempotency key: the server answers a second one with
 * the session of the first, where WeChat would refuse the code.
 */
function exchange(settings: LoginSettings, installId: string, code: string): () => Promise<Grant> {
  const call = {
    url: `${settings.baseUrl}/v1/sessions`,
    method: 'POST' as const,
    header: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': randomId() },
    body: JSON.stringify({
      appId: settings.appId,
      code,
      client: { installId, envVersion: settings.envVersion, ...readDeviceLabel(settings.wx) },
    }),
  }
  return async () => {
    const answer = await wxRequest(settings.wx, call, settings.requestTimeoutMillis)
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      throw errorOf(answer)
    }
    const grant = jsonObject(answer.data)
    if (!isGrant(grant)) {
      throw unexpected(answer)
    }
    return grant
  }
}

function isGrant(value: unknown): value is Grant {
  const grant = value as Partial<Record<keyof Grant, unknown>> | null
  return typeof grant?.newUser === 'boolean' && isUser(grant.user) && isTokenGrant(grant)
}

/** Whether a JSON value is a session's token with its lifetimes. */
export function isTokenGrant(value: unknown): value is TokenGrant {
  const grant = value as Partial<Record<keyof TokenGrant, unknown>> | null | undefined
  return (
    typeof grant?.token === 'string' &&
    typeof grant.sessionId === 'string' &&
    typeof grant.expiresIn === 'number' &&
    typeof grant.idleExpiresIn === 'number'
  )
}

/** Whether a JSON value is a user, as far as the app cannot do without. */
export function isUser(value: unknown): value is User {
  return typeof (jsonObject(value) as Partial<User> | null)?.id === 'string'
}
