import { MiniLoginError } from './errors'
import { isTokenGrant, isUser, logIn, type Attempt, type LoginSettings } from './login'
import { wxCheckSession, wxRequest, wxUpload, type WxAnswer, type WxApi, type WxCall, type WxUpload } from './platform'
import { errorOf, jsonObject, unexpected } from './problem'
import { SessionStore, type HeldSession } from './session-store'
import type {
  Answer,
  LogOutResult,
  MiniLogin,
  MiniLoginEvent,
  MiniLoginOptions,
  PhoneProof,
  ProfilePatch,
  RequestOptions,
  Session,
  Storage,
  User,
} from './types'

const LOGIN_TIMEOUT_MILLIS = 8_000
const REQUEST_TIMEOUT_MILLIS = 10_000
const UPLOAD_TIMEOUT_MILLIS = 30_000

interface Settings extends LoginSettings {
  readonly uploadTimeoutMillis: number
}

/**
 * Makes the client. One per server is enough for the whole mini program, and only one shares its login with everybody.
 * It asks and sends nothing until it is used.
 */
export function createMiniLogin(options: MiniLoginOptions): MiniLogin {
  const api = options.wx ?? wx
  const account = api.getAccountInfoSync().miniProgram
  return new Client(
    {
      wx: api,
      baseUrl: options.baseUrl.replace(/\/+$/, ''),
      appId: options.appId ?? account.appId,
      envVersion: options.envVersion ?? account.envVersion,
      loginTimeoutMillis: options.loginTimeoutMillis ?? LOGIN_TIMEOUT_MILLIS,
      requestTimeoutMillis: options.requestTimeoutMillis ?? REQUEST_TIMEOUT_MILLIS,
      uploadTimeoutMillis: options.uploadTimeoutMillis ?? UPLOAD_TIMEOUT_MILLIS,
    },
    options.storage ?? phoneStorage(api),
    options.onEvent ?? (() => undefined),
  )
}

function phoneStorage(api: WxApi): Storage {
  return {
    get: (key) => api.getStorageSync(key),
    set: (key, value) => {
      api.setStorageSync(key, value)
    },
    remove: (key) => {
      api.removeStorageSync(key)
    },
  }
}

/** The reason of an ended session after which a login would make another account; only the user may want that. */
const ACCOUNT_DELETED = 'account-deleted'

class Client implements MiniLogin {
  private readonly store: SessionStore
  /** The login under way, shared by everybody who needs one. */
  private flight: Promise<HeldSession> | null = null
  /** Counts the log-outs, so that a login that was under way meanwhile is known as unwanted. */
  private logOuts = 0
  /** Calls of wx.login that have not called back, and attempts that have not ended: each may still change a session_key. */
  private unsettled = 0

  constructor(
    private readonly settings: Settings,
    storage: Storage,
    private readonly onEvent: (event: MiniLoginEvent) => void,
  ) {
    const keyPrefix = `mini-login/${settings.envVersion}/${settings.appId}`
    this.store = new SessionStore(storage, keyPrefix, settings.baseUrl, (operation) => {
      this.emit({ type: 'storage-failed', operation })
    })
  }

  isSignedIn(): boolean {
    return this.store.current() !== null
  }

  async ensureSession(options?: { readonly renew?: boolean }): Promise<Session> {
    this.store.allowLogin()
    const atHand = options?.renew ? null : this.store.usable()
    const { sessionId, newUser, user } = atHand ?? (await this.logInOnce())
    return { sessionId, newUser: newUser && !atHand, user }
  }

  async request<T>(options: RequestOptions): Promise<Answer<T>> {
    const call = this.callOf(options)
    switch (options.session ?? 'required') {
      case 'none':
        return accept<T>(await this.send(call, null))
      case 'if-present':
        return accept<T>(await this.send(call, this.store.usable()))
      case 'required':
        return accept<T>((await this.sendSignedIn(call)).answer)
    }
  }

  async logOut(): Promise<LogOutResult> {
    this.logOuts += 1
    this.flight = null
    const held = this.store.signOut()
    const endedOnServer = held === null || (await this.endOnServer(held.token))
    this.emit({ type: 'logged-out', endedOnServer })
    return { endedOnServer }
  }

  me(): Promise<User> {
    return this.requestUser({ path: '/v1/me' })
  }

  updateProfile(patch: ProfilePatch): Promise<User> {
    return this.requestUser({ path: '/v1/me', method: 'POST', body: patch })
  }

  setAvatar(filePath: string): Promise<User> {
    const { url, header } = this.callOf({ path: '/v1/me/avatar', method: 'POST' })
    return this.userFrom({ url, header, filePath, name: 'file' })
  }

  async bindPhone(proof: PhoneProof, options?: { readonly move?: boolean }): Promise<User> {
    const body = { ...proof, ...(options?.move ? { move: true } : {}) }
    const { answer, held } = await this.sendSignedIn(this.callOf({ path: '/v1/me/phone', method: 'POST', body }))
    const { user, session } = (jsonObject(answer.data) ?? {}) as { user?: unknown; session?: unknown }
    if (session !== null) {
      if (!isTokenGrant(session)) {
        throw unexpected({ statusCode: answer.statusCode, data: null })
      }
      this.store.renew(held, session)
    }
    return this.keepUser(user, answer.statusCode)
  }

  unbindPhone(): Promise<User> {
    return this.requestUser({ path: '/v1/me/phone', method: 'DELETE' })
  }

  async checkSessionKey(): Promise<boolean> {
    const held = this.store.current()
    if (!held?.keyKnown) {
      return false
    }
    const valid = await wxCheckSession(this.settings.wx, this.settings.loginTimeoutMillis)
    return valid && this.store.current() === held && held.keyKnown
  }

  private async requestUser(options: RequestOptions): Promise<User> {
    return this.userFrom(this.callOf(options))
  }

  private async userFrom(call: WxCall | WxUpload): Promise<User> {
    const { status, data } = accept<unknown>((await this.sendSignedIn(call)).answer)
    return this.keepUser(data, status)
  }

  private keepUser(user: unknown, status: number): User {
    if (!isUser(user)) {
      throw unexpected({ statusCode: status, data: null })
    }
    const held = this.store.current()
    if (held) {
      held.user = user
    }
    return user
  }

  /** The session at hand, or a new one; never one against the user's will. */
  private async session(): Promise<HeldSession> {
    const held = this.store.usable()
    if (held) {
      return held
    }
    if (this.store.signedOut) {
      throw signedOut()
    }
    return this.logInOnce()
  }

  private logInOnce(): Promise<HeldSession> {
    if (this.flight) {
      return this.flight
    }
    const flight = this.runLogin()
    this.flight = flight
    const clear = () => {
      if (this.flight === flight) {
        this.flight = null
      }
    }
    flight.then(clear, clear)
    return flight
  }

  private async runLogin(): Promise<HeldSession> {
    this.emit({ type: 'login-started' })
    try {
      const held = await this.logInUnlessUnwanted()
      this.emit({ type: 'login-succeeded', sessionId: held.sessionId, newUser: held.newUser })
      return held
    } catch (error) {
      const { code, action } = error as MiniLoginError
      this.emit({ type: 'login-failed', code, action })
      throw error
    }
  }

  private async logInUnlessUnwanted(): Promise<HeldSession> {
    const logOutsBefore = this.logOuts
    let alone = true
    const grant = await logIn(this.settings, this.store.installId(), {
      attemptStarts: () => {
        alone = this.unsettled === 0
        return this.startAttempt()
      },
      resent: (code) => {
        this.emit({ type: 'login-resent', code })
      },
    })
    if (this.logOuts !== logOutsBefore) {
      void this.endOnServer(grant.token)
      throw signedOut()
    }
    return this.store.hold(grant, alone)
  }

  private startAttempt(): Attempt {
    this.store.forgetKey()
    this.unsettled += 2
    const settle = () => {
      this.unsettled -= 1
    }
    return { codeSettled: settle, ended: settle }
  }

  private async sendSignedIn(call: WxCall | WxUpload): Promise<{ answer: WxAnswer; held: HeldSession }> {
    const held = await this.session()
    try {
      return { answer: await this.send(call, held), held }
    } catch (error) {
      if (!isSessionRefused(error) || error.reason === ACCOUNT_DELETED) {
        throw error
      }
    }
    const next = await this.session()
    return { answer: await this.send(call, next), held: next }
  }

  /** Sends a call once. A session that the server refuses is dropped, unless a newer one has taken its place. */
  private async send(call: WxCall | WxUpload, held: HeldSession | null): Promise<WxAnswer> {
    const answer = await this.transmit(held ? { ...call, header: { ...call.header, authorization: `Bearer ${held.token}` } } : call)
    if (answer.statusCode >= 200 && answer.statusCode <= 299) {
      if (held) {
        this.store.used(held.generation)
      }
      return answer
    }
    const error = errorOf(answer)
    if (held && isSessionRefused(error) && this.store.drop(held.generation)) {
      if (error.reason === ACCOUNT_DELETED) {
        this.store.signOut()
      }
      this.emit({ type: 'session-ended', code: error.code, reason: error.reason })
    }
    throw error
  }

  private transmit(call: WxCall | WxUpload): Promise<WxAnswer> {
    const { wx, requestTimeoutMillis, uploadTimeoutMillis } = this.settings
    return 'filePath' in call ? wxUpload(wx, call, uploadTimeoutMillis) : wxRequest(wx, call, requestTimeoutMillis)
  }

  /** Ends a session that this phone has already forgotten. A session that the server no longer knows counts as ended. */
  private async endOnServer(token: string): Promise<boolean> {
    const call = this.callOf({ path: '/v1/sessions/current', method: 'DELETE' })
    try {
      const header = { ...call.header, authorization: `Bearer ${token}` }
      const answer = await wxRequest(this.settings.wx, { ...call, header }, this.settings.requestTimeoutMillis)
      return answer.statusCode === 204 || isSessionRefused(errorOf(answer))
    } catch {
      return false
    }
  }

  private callOf(options: RequestOptions): WxCall {
    if (!options.path.startsWith('/')) {
      throw new MiniLoginError({
        code: 'request-not-possible',
        action: 'fix-request',
        message: 'the path must begin with a slash',
      })
    }
    const hasBody = options.body !== undefined
    return {
      url: this.settings.baseUrl + options.path + queryOf(options.query),
      method: options.method ?? 'GET',
      header: {
        accept: 'application/json',
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...options.headers,
      },
      ...(hasBody ? { body: JSON.stringify(options.body) } : {}),
    }
  }

  private emit(event: MiniLoginEvent): void {
    try {
      this.onEvent(event)
    } catch {
      // A listener's own fault must not end a login half way.
    }
  }
}

function accept<T>(answer: WxAnswer): Answer<T> {
  return { status: answer.statusCode, data: bodyOf(answer.data) as T }
}

function bodyOf(data: unknown): unknown {
  return data === '' || data === undefined ? null : (jsonObject(data) ?? data)
}

function queryOf(query: RequestOptions['query']): string {
  const pairs = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** A 401 without the server's own document comes from something in between: no login would help there. */
function isSessionRefused(error: unknown): error is MiniLoginError {
  return error instanceof MiniLoginError && error.status === 401 && error.action === 'log-in'
}

function signedOut(): MiniLoginError {
  return new MiniLoginError({ code: 'signed-out', action: 'log-in', message: 'the user has logged out' })
}
