import type { WxApi } from '../../miniprogram/lib/mini-login-client/index'

type RequestOption = Parameters<WxApi['request']>[0]
type UploadOption = Parameters<WxApi['uploadFile']>[0]
type LoginOption = Parameters<WxApi['login']>[0]
type WxFailure = Parameters<RequestOption['fail']>[0]

/** A request as it reached the server. */
export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly path: string
  readonly header: Record<string, string>
  readonly body: unknown
  readonly timeout: number
  /** Of an upload: the file and the name of its part. */
  readonly file?: { readonly path: string; readonly name: string }
}

/** How a request ends: with an answer, with a failure of the network, or never. */
export type Outcome =
  | { readonly status: number; readonly body?: unknown; readonly header?: Record<string, unknown> }
  | { readonly fail: WxFailure }
  | 'hang'

type Script = Outcome | Promise<Outcome> | ((request: SeenRequest) => Outcome | Promise<Outcome>)

/** How wx.login ends. */
export type LoginOutcome = { readonly code: string } | { readonly fail: WxFailure } | 'hang'

type LoginScript = LoginOutcome | Promise<LoginOutcome>

export const TIMEOUT: Outcome = { fail: { errMsg: 'request:fail timeout', errno: 5 } }
export const OFFLINE: Outcome = { fail: { errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED', errno: 600001 } }
export const LOST: Outcome = { fail: { errMsg: 'request:fail net::ERR_CONNECTION_RESET', errno: 600001 } }

export const USER = {
  id: '0190b6a2-0000-7000-8000-000000000001',
  nickname: null,
  avatarUrl: null,
  gender: 0,
  province: null,
  city: null,
  country: null,
  language: null,
  phone: null,
  reviews: [],
  profileClearedAt: null,
  createdAt: '2026-11-22T08:00:00Z',
  updatedAt: '2026-11-22T08:00:00Z',
}

/** A problem document of the server's contract. */
export function problem(status: number, code: string, action: string, more: object = {}): Outcome {
  return { status, body: { type: `urn:mini-login:${code}`, title: code, detail: `about ${code}`, traceId: `trace-${code}`, status, code, action, ...more } }
}

/**
 * A phone with WeChat and the server behind it. Both keep to the contract unless a script says otherwise: a code is good
 * for one login, an idempotency key gives the same session again, an unknown token is refused.
 */
export class Phone {
  readonly requests: SeenRequest[] = []
  readonly stored = new Map<string, unknown>()
  readonly codes: string[] = []
  appId = 'wx1111aaaa2222bbbb'
  envVersion: 'develop' | 'trial' | 'release' = 'develop'
  language = 'zh_CN'
  expiresIn = 2_592_000
  idleExpiresIn = 86_400
  storageBroken = false
  deviceBroken = false
  sessionKeyValid: boolean | 'hang' = true
  profile: Record<string, unknown> = { ...USER }

  private readonly loginScripts: LoginScript[] = []
  private readonly requestScripts: { route: string; script: Script }[] = []
  private readonly tokens = new Set<string>()
  private readonly spentCodes = new Map<string, { key: string | undefined; answer: Outcome }>()
  private grants = 0
  private serial = 0

  readonly wx: WxApi & Record<string, unknown> = {
    login: (option: LoginOption) => {
      void this.login(option)
    },
    checkSession: (option: { success: () => void; fail: () => void }) => {
      if (this.sessionKeyValid !== 'hang') {
        void Promise.resolve().then(this.sessionKeyValid ? option.success : option.fail)
      }
    },
    request: (option: RequestOption) => {
      const body: unknown = option.data === undefined ? undefined : JSON.parse(option.data)
      void this.answer(option, { method: option.method, body })
    },
    uploadFile: (option: UploadOption) => {
      const { filePath: path, name } = option
      const asText = (data: unknown) => (typeof data === 'string' ? data : JSON.stringify(data))
      const success: UploadOption['success'] = (answer) => {
        option.success({ statusCode: answer.statusCode, data: asText(answer.data) })
      }
      void this.answer({ ...option, success }, { method: 'POST', body: undefined, file: { path, name } })
    },
    getStorageSync: (key: string) => this.storage(() => this.stored.get(key) ?? ''),
    setStorageSync: (key: string, data: unknown) => {
      this.storage(() => this.stored.set(key, JSON.parse(JSON.stringify(data))))
    },
    removeStorageSync: (key: string) => {
      this.storage(() => this.stored.delete(key))
    },
    getAccountInfoSync: () => ({ miniProgram: { appId: this.appId, envVersion: this.envVersion, version: '' } }),
    getDeviceInfo: () => {
      if (this.deviceBroken) {
        throw new TypeError('wx.getDeviceInfo is not a function')
      }
      return { platform: 'android', model: 'Pixel 9' }
    },
    getLaunchOptionsSync: () => ({ scene: 1001 }),
    getAppBaseInfo: () => ({ language: this.language }),
  }

  /** Scripts the next calls of wx.login. */
  onLogin(...scripts: LoginScript[]): void {
    this.loginScripts.push(...scripts)
  }

  /** Scripts the next requests to a route, such as `GET /v1/me`. */
  on(route: string, ...scripts: Script[]): void {
    this.requestScripts.push(...scripts.map((script) => ({ route, script })))
  }

  /** Lets the server carry the request out, and then the answer is lost. */
  readonly loseAnswer = (request: SeenRequest): Outcome => {
    this.serve(request)
    return TIMEOUT
  }

  endAllSessions(): void {
    this.tokens.clear()
  }

  seen(route: string): SeenRequest[] {
    return this.requests.filter((request) => `${request.method} ${request.path}` === route)
  }

  private async login(option: LoginOption): Promise<void> {
    const outcome = await (this.loginScripts.shift() ?? { code: `code-${String(++this.serial)}` })
    if (outcome === 'hang') {
      return
    }
    if ('fail' in outcome) {
      option.fail(outcome.fail)
    } else {
      this.codes.push(outcome.code)
      option.success({ code: outcome.code })
    }
  }

  private async answer(
    option: Pick<RequestOption, 'url' | 'header' | 'timeout' | 'success' | 'fail'>,
    sent: Pick<SeenRequest, 'method' | 'body' | 'file'>,
  ): Promise<void> {
    const path = option.url.replace(/^https?:\/\/[^/]+/, '')
    const request: SeenRequest = {
      ...sent,
      url: option.url,
      path,
      header: option.header,
      timeout: option.timeout,
    }
    this.requests.push(request)
    const index = this.requestScripts.findIndex(({ route }) => route === `${request.method} ${path}`)
    const script = index < 0 ? undefined : this.requestScripts.splice(index, 1)[0]?.script
    const outcome = await (typeof script === 'function' ? script(request) : (script ?? this.serve(request)))
    if (outcome === 'hang') {
      return
    }
    if ('fail' in outcome) {
      option.fail(outcome.fail)
    } else {
      option.success({ statusCode: outcome.status, data: outcome.body ?? '', header: outcome.header ?? {} })
    }
  }

  private serve(request: SeenRequest): Outcome {
    if (request.path === '/v1/sessions') {
      return this.serveLogin(request)
    }
    const token = request.header.authorization?.replace('Bearer ', '')
    if (token === undefined) {
      return problem(401, 'token-missing', 'log-in')
    }
    if (!this.tokens.has(token)) {
      return problem(401, 'session-ended', 'log-in', { reason: 'idle' })
    }
    switch (`${request.method} ${request.path}`) {
      case 'DELETE /v1/sessions/current':
        this.tokens.delete(token)
        return { status: 204 }
      case 'POST /v1/me':
        this.profile = { ...this.profile, ...(request.body as object) }
        break
      case 'POST /v1/me/avatar':
        this.profile = { ...this.profile, avatarUrl: `https://api.example.com/avatars/${String(++this.serial)}` }
        break
      case 'POST /v1/me/phone':
        return this.serveBinding(token)
      case 'DELETE /v1/me/phone':
        this.profile = { ...this.profile, phone: null }
    }
    return { status: 200, body: { ...this.profile } }
  }

  private serveBinding(oldToken: string): Outcome {
    const bound = this.profile.phone !== null
    this.profile = { ...this.profile, phone: '135******66' }
    const user = { ...this.profile }
    if (bound) {
      return { status: 200, body: { user, session: null } }
    }
    this.tokens.delete(oldToken)
    return { status: 200, body: { user, session: this.newGrant() } }
  }

  private serveLogin(request: SeenRequest): Outcome {
    const { code } = request.body as { code: string }
    const key = request.header['idempotency-key']
    const spent = this.spentCodes.get(code)
    if (spent) {
      return key !== undefined && spent.key === key ? spent.answer : problem(409, 'code-used', 'new-code')
    }
    const answer: Outcome = {
      status: 201,
      body: { ...this.newGrant(), newUser: this.spentCodes.size === 0, user: { ...this.profile } },
    }
    this.spentCodes.set(code, { key, answer })
    return answer
  }

  private newGrant(): object {
    const serial = String(++this.grants)
    const token = `mls1_${serial.padStart(49, '0')}`
    this.tokens.add(token)
    return {
      token,
      tokenType: 'Bearer',
      sessionId: `session-${serial}`,
      expiresIn: this.expiresIn,
      idleExpiresIn: this.idleExpiresIn,
    }
  }

  private storage<T>(action: () => T): T {
    if (this.storageBroken) {
      throw new Error('storage:fail quota')
    }
    return action()
  }
}

/** A promise that is settled from outside. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
