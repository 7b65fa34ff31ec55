import { MiniLoginError } from './errors'
import { readDeviceLabel, wxLogin, wxRequest, type WxApi } from './platform'
import { errorOf, isAnswerLost, jsonObject, unexpected } from './problem'
import { randomId, type Grant } from './session-store'
import type { User } from './types'

export interface LoginSettings {
  readonly wx: WxApi
  readonly baseUrl: string
  readonly appId: string
  readonly envVersion: string
  readonly loginTimeoutMillis: number
  readonly requestTimeoutMillis: number
}

/** What the rest of the library is told while a login runs. */
export interface LoginObserver {
  /** WeChat gave a code: its session_key may have been replaced, and the server does not have the new one yet. */
  codeObtained(): void
  /** The same code is sent again, because the answer to it was lost. */
  resent(code: string): void
}

/**
 * Logs in: a code from WeChat, exchanged at the server for a session. A code that turns out to be used up is replaced by
 * a new one, once.
 */
export async function logIn(settings: LoginSettings, installId: string, observer: LoginObserver): Promise<Grant> {
  try {
    return await logInWithNewCode(settings, installId, observer)
  } catch (error) {
    if (error instanceof MiniLoginError && error.action === 'new-code') {
      return logInWithNewCode(settings, installId, observer)
    }
    throw error
  }
}

async function logInWithNewCode(settings: LoginSettings, installId: string, observer: LoginObserver): Promise<Grant> {
  const code = await wxLogin(settings.wx, settings.loginTimeoutMillis)
  observer.codeObtained()
  const send = exchange(settings, installId, code)
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
  return (
    typeof grant?.token === 'string' &&
    typeof grant.sessionId === 'string' &&
    typeof grant.expiresIn === 'number' &&
    typeof grant.idleExpiresIn === 'number' &&
    typeof grant.newUser === 'boolean' &&
    isUser(grant.user)
  )
}

/** Whether a JSON value is a user, as far as the app cannot do without. */
export function isUser(value: unknown): value is User {
  return typeof (jsonObject(value) as Partial<User> | null)?.id === 'string'
}
