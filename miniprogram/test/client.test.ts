import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ACTIONS,
  createMiniLogin,
  MiniLoginError,
  type MiniLogin,
  type MiniLoginEvent,
  type MiniLoginOptions,
} from '../miniprogram/lib/mini-login-client/index'
import { deferred, LOST, OFFLINE, Phone, problem, TIMEOUT, USER, type LoginOutcome, type Outcome } from './support/phone'

const LOGIN = 'POST /v1/sessions'
const ME = 'GET /v1/me'
const SAVE = 'POST /v1/me'
const LOG_OUT = 'DELETE /v1/sessions/current'
const DAY = 86_400_000
const SESSION = 'mini-login/develop/wx1111aaaa2222bbbb/session'

let phone: Phone
let events: MiniLoginEvent[]

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00Z') })
  phone = new Phone()
  events = []
})

afterEach(() => {
  vi.useRealTimers()
})

function client(options: Partial<MiniLoginOptions> = {}): MiniLogin {
  return createMiniLogin({
    baseUrl: 'https://api.example.com/',
    wx: phone.wx,
    onEvent: (event) => {
      events.push(event)
    },
    ...options,
  })
}

async function failureOf(promise: Promise<unknown>): Promise<MiniLoginError> {
  try {
    await promise
  } catch (error) {
    expect(error).toBeInstanceOf(MiniLoginError)
    return error as MiniLoginError
  }
  throw new Error('the call succeeded, but was to fail')
}

function authorizations(route: string): (string | undefined)[] {
  return phone.seen(route).map((request) => request.header.authorization)
}

function eventTypes(): string[] {
  return events.map((event) => event.type)
}

describe('login', () => {
  it('exchanges one code for a session and tells the server about the phone', async () => {
    const session = await client().ensureSession()

    expect(session).toEqual({ sessionId: 'session-1', newUser: true, user: USER })
    const [request] = phone.seen(LOGIN)
    expect(request?.url).toBe('https://api.example.com/v1/sessions')
    expect(request?.header['content-type']).toBe('application/json')
    expect(request?.header['idempotency-key']).toMatch(/^[A-Za-z0-9._~-]{1,128}$/)
    expect(request?.body).toEqual({
      appId: 'wx1111aaaa2222bbbb',
      code: 'code-1',
      client: {
        installId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        envVersion: 'develop',
        platform: 'android',
        model: 'Pixel 9',
        scene: 1001,
      },
    })
    expect(eventTypes()).toEqual(['login-started', 'login-succeeded'])
  })

  it('leaves out what an old base library cannot tell', async () => {
    phone.deviceBroken = true

    await client().ensureSession()

    const { client: label } = phone.seen(LOGIN)[0]?.body as { client: object }
    expect(Object.keys(label).sort()).toEqual(['envVersion', 'installId', 'scene'])
  })

  it('uses the session at hand without asking anybody', async () => {
    const login = client()
    await login.ensureSession()

    const again = await login.ensureSession()

    expect(again).toMatchObject({ sessionId: 'session-1', newUser: false })
    expect(phone.requests).toHaveLength(1)
    expect(phone.codes).toHaveLength(1)
  })

  it('is shared by twenty callers that start at once', async () => {
    const login = client()

    const users = await Promise.all(Array.from({ length: 20 }, () => login.me()))

    expect(users).toHaveLength(20)
    expect(phone.codes).toEqual(['code-1'])
    expect(phone.seen(LOGIN)).toHaveLength(1)
    expect(new Set(authorizations(ME)).size).toBe(1)
  })

  it('fails for all its callers together and is then possible again', async () => {
    const login = client()
    phone.on(LOGIN, problem(503, 'wechat-busy', 'wait', { retryAfter: 3 }))

    const failures = await Promise.all(Array.from({ length: 5 }, () => failureOf(login.me())))

    expect(failures.map((error) => error.code)).toEqual(Array(5).fill('wechat-busy'))
    expect(phone.seen(LOGIN)).toHaveLength(1)
    await expect(login.me()).resolves.toEqual(USER)
  })

  it('renews a session on demand, also when one is at hand', async () => {
    const login = client()
    await login.ensureSession()

    const renewed = await login.ensureSession({ renew: true })

    expect(renewed.sessionId).toBe('session-2')
    await login.me()
    expect(authorizations(ME)).toEqual([`Bearer mls1_${'2'.padStart(49, '0')}`])
  })

  it('refuses an answer that is not a session', async () => {
    phone.on(LOGIN, { status: 200, body: '<html>maintenance</html>' }, { status: 201, body: { token: 7 } })
    const login = client()

    expect(await failureOf(login.ensureSession())).toMatchObject({ code: 'unexpected-answer', action: 'contact-operator', status: 200 })
    expect(await failureOf(login.ensureSession())).toMatchObject({ code: 'unexpected-answer', status: 201 })
    expect(login.isSignedIn()).toBe(false)
  })

  it('understands a body that WeChat left as text', async () => {
    phone.on(LOGIN, {
      status: 201,
      body: JSON.stringify({ token: 'mls1_x', sessionId: 's', expiresIn: 60, idleExpiresIn: 60, newUser: false, user: USER }),
    })

    expect(await client().ensureSession()).toEqual({ sessionId: 's', newUser: false, user: USER })
  })

  it('takes the global wx when none is given', async () => {
    vi.stubGlobal('wx', phone.wx)
    try {
      await createMiniLogin({ baseUrl: 'https://api.example.com' }).ensureSession()
    } finally {
      vi.unstubAllGlobals()
    }

    expect(phone.seen(LOGIN)).toHaveLength(1)
  })
})

describe('a lost answer to a login', () => {
  it('is asked for again with the same code and the same key, and gives the session that was made', async () => {
    phone.on(LOGIN, phone.loseAnswer)
    const login = client()

    const session = await login.ensureSession()

    const [first, second] = phone.seen(LOGIN)
    expect(second?.body).toEqual(first?.body)
    expect(second?.header['idempotency-key']).toBe(first?.header['idempotency-key'])
    expect(phone.seen(LOGIN)).toHaveLength(2)
    expect(phone.codes).toEqual(['code-1'])
    expect(session.sessionId).toBe('session-1')
    expect(eventTypes()).toEqual(['login-started', 'login-resent', 'login-succeeded'])
  })

  it.each<[string, Outcome]>([
    ['a broken connection', LOST],
    ['a call that WeChat interrupted', { fail: { errMsg: 'request:fail interrupted', errno: 600003 } }],
    ['a gateway that gave up', { status: 504, body: '<html>504</html>' }],
  ])('may be %s', async (_, outcome) => {
    phone.on(LOGIN, outcome)

    await client().ensureSession()

    const keys = phone.seen(LOGIN).map((request) => request.header['idempotency-key'])
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })

  it('is asked for only once', async () => {
    phone.on(LOGIN, LOST, TIMEOUT)
    const login = client()

    expect(await failureOf(login.ensureSession())).toMatchObject({ code: 'network-timeout', action: 'wait', status: 0 })
    expect(phone.seen(LOGIN)).toHaveLength(2)
    expect(eventTypes()).toEqual(['login-started', 'login-resent', 'login-failed'])
  })

  it('is not what being offline is', async () => {
    phone.on(LOGIN, OFFLINE)

    expect(await failureOf(client().ensureSession())).toMatchObject({ code: 'network-offline', action: 'wait' })
    expect(phone.seen(LOGIN)).toHaveLength(1)
  })

  it('makes a new key for each new code', async () => {
    phone.on(LOGIN, problem(409, 'code-used', 'new-code'))

    await client().ensureSession()

    const keys = phone.seen(LOGIN).map((request) => request.header['idempotency-key'])
    expect(new Set(keys).size).toBe(2)
  })
})

describe('the actions of the contract', () => {
  it.each([
    [409, 'code-used'],
    [400, 'code-invalid'],
    [503, 'login-not-recorded'],
  ])('new-code (%i %s): gets one new code from WeChat', async (status, code) => {
    phone.on(LOGIN, problem(status, code, 'new-code'))

    await client().ensureSession()

    expect(phone.seen(LOGIN).map((request) => (request.body as { code: string }).code)).toEqual(['code-1', 'code-2'])
  })

  it.each(['code-invalid', 'wechat-timeout'])('new-code twice (then %s): gives up', async (second) => {
    phone.on(LOGIN, problem(400, 'code-invalid', 'new-code'), problem(504, second, 'new-code'))

    expect(await failureOf(client().ensureSession())).toMatchObject({ code: second, action: 'new-code', status: 504 })
    expect(phone.codes).toHaveLength(2)
    expect(phone.seen(LOGIN)).toHaveLength(2)
  })

  it.each([
    ['new-code', 504, 'wechat-timeout'],
    ['new-code', 502, 'wechat-invalid-answer'],
    ['wait', 503, 'wechat-unavailable'],
    ['wait', 429, 'wechat-rate-limited'],
    ['fix-request', 400, 'unknown-app'],
    ['blocked', 403, 'user-blocked'],
    ['contact-operator', 502, 'wechat-misconfigured'],
  ])('%s (%i %s): is told to the caller, and nothing is sent again', async (action, status, code) => {
    phone.on(LOGIN, problem(status, code, action, { retryAfter: 7 }))

    const error = await failureOf(client().ensureSession())

    expect(error).toMatchObject({ code, action, status, retryAfter: 7, traceId: `trace-${code}`, reason: null })
    await vi.advanceTimersByTimeAsync(DAY)
    expect(phone.seen(LOGIN)).toHaveLength(1)
    expect(phone.codes).toHaveLength(1)
  })

  it('log-in: is covered by every session problem', async () => {
    expect([...ACTIONS].sort()).toEqual(['blocked', 'confirm', 'contact-operator', 'fix-request', 'log-in', 'new-code', 'wait'])
    for (const code of ['token-missing', 'token-invalid', 'session-ended']) {
      phone.on(ME, problem(401, code, 'log-in'))
      await expect(client().me()).resolves.toEqual(USER)
    }
  })
})

describe('a session that the server ended', () => {
  it('is replaced, and the request is sent once more', async () => {
    const login = client()
    await login.ensureSession()
    phone.endAllSessions()

    await expect(login.me()).resolves.toEqual(USER)

    const [refused, accepted] = authorizations(ME)
    expect(refused).not.toBe(accepted)
    expect(phone.seen(ME)).toHaveLength(2)
    expect(phone.codes).toHaveLength(2)
    expect(events).toContainEqual({ type: 'session-ended', code: 'session-ended', reason: 'idle' })
  })

  it('is replaced once for twenty requests that are refused together', async () => {
    const login = client()
    await login.ensureSession()
    phone.endAllSessions()

    const users = await Promise.all(Array.from({ length: 20 }, () => login.me()))

    expect(users).toHaveLength(20)
    expect(phone.codes).toHaveLength(2)
    expect(phone.seen(ME)).toHaveLength(40)
    expect(events.filter((event) => event.type === 'session-ended')).toHaveLength(1)
  })

  it('is an error when the new one is refused too, not a loop', async () => {
    const login = client()
    phone.on(ME, problem(401, 'session-ended', 'log-in', { reason: 'revoked' }))
    phone.on(ME, problem(401, 'session-ended', 'log-in', { reason: 'user-suspended' }))

    const error = await failureOf(login.me())

    expect(error).toMatchObject({ code: 'session-ended', action: 'log-in', status: 401, reason: 'user-suspended' })
    expect(phone.seen(ME)).toHaveLength(2)
    expect(phone.codes).toHaveLength(2)
    expect(login.isSignedIn()).toBe(false)
  })

  it('does not cost the newer one when the refusal arrives late', async () => {
    const login = client()
    await login.ensureSession()
    const late = deferred<Outcome>()
    phone.on(ME, late.promise)
    const slow = login.me()
    phone.endAllSessions()
    await login.me()
    expect(phone.codes).toHaveLength(2)

    late.resolve(problem(401, 'session-ended', 'log-in', { reason: 'idle' }))

    await expect(slow).resolves.toEqual(USER)
    expect(phone.codes).toHaveLength(2)
    expect(authorizations(ME).at(-1)).toBe(authorizations(ME).at(-2))
    expect(events.filter((event) => event.type === 'session-ended')).toHaveLength(1)
  })

  it('does not start a second login when the refusal arrives during the first', async () => {
    const login = client()
    await login.ensureSession()
    const late = deferred<Outcome>()
    const slowLogin = deferred<Outcome>()
    phone.on(ME, late.promise)
    const slow = login.me()
    phone.endAllSessions()
    phone.on(LOGIN, slowLogin.promise)
    const fast = login.me()
    await vi.advanceTimersByTimeAsync(10)
    late.resolve(problem(401, 'session-ended', 'log-in', { reason: 'idle' }))
    await vi.advanceTimersByTimeAsync(10)
    slowLogin.resolve(problem(503, 'wechat-busy', 'wait'))

    expect((await failureOf(fast)).code).toBe('wechat-busy')
    expect((await failureOf(slow)).code).toBe('wechat-busy')
    expect(phone.codes).toHaveLength(2)
  })

  it('tells why the login after it failed', async () => {
    const login = client()
    await login.ensureSession()
    phone.endAllSessions()
    phone.on(LOGIN, problem(403, 'user-blocked', 'blocked'))

    expect(await failureOf(login.me())).toMatchObject({ code: 'user-blocked', action: 'blocked' })
    expect(phone.seen(ME)).toHaveLength(1)
  })

  it('with its account is not replaced: a login would make another account, which only the user may want', async () => {
    const login = client()
    await login.ensureSession()
    const gone = problem(401, 'session-ended', 'log-in', { reason: 'account-deleted' })
    phone.on(ME, gone, gone)

    const failures = await Promise.all([failureOf(login.me()), failureOf(login.me())])

    expect(failures.map((error) => error.reason)).toEqual(['account-deleted', 'account-deleted'])
    expect(phone.codes).toHaveLength(1)
    expect(events.filter((event) => event.type === 'session-ended')).toHaveLength(1)
    expect(login.isSignedIn()).toBe(false)
    expect(phone.stored.get(SESSION)).toBe('signed-out')
    expect((await failureOf(client().me())).code).toBe('signed-out')
    expect((await login.ensureSession()).sessionId).toBe('session-2')
  })

  it('with its account does not end the session of the next one', async () => {
    const login = client()
    await login.ensureSession()
    const late = deferred<Outcome>()
    phone.on(ME, late.promise)
    const slow = failureOf(login.me())
    await login.ensureSession({ renew: true })

    late.resolve(problem(401, 'session-ended', 'log-in', { reason: 'account-deleted' }))

    expect((await slow).reason).toBe('account-deleted')
    expect(login.isSignedIn()).toBe(true)
    await expect(login.me()).resolves.toEqual(USER)
  })

  it('is not what a 401 of a gateway means', async () => {
    const login = client()
    phone.on(ME, { status: 401, body: 'proxy authentication' })

    expect(await failureOf(login.me())).toMatchObject({ code: 'unexpected-answer', action: 'contact-operator', status: 401 })
    expect(login.isSignedIn()).toBe(true)
    expect(phone.codes).toHaveLength(1)
  })

  it('is not what a 403 means', async () => {
    const login = client()
    phone.on(ME, problem(403, 'user-blocked', 'blocked'))

    expect((await failureOf(login.me())).action).toBe('blocked')
    expect(login.isSignedIn()).toBe(true)
    expect(phone.seen(ME)).toHaveLength(1)
  })
})

describe('requests', () => {
  it('carry query, headers and a JSON body, and hand over the answer', async () => {
    const login = client()
    phone.on('POST /orders?shop=%E4%B8%80%26&page=2', { status: 202, body: { id: 5 } })

    const answer = await login.request<{ id: number }>({
      path: '/orders',
      method: 'POST',
      query: { shop: '一&', page: 2 },
      body: { item: 'tea' },
      headers: { 'x-trace': '1' },
    })

    expect(answer).toEqual({ status: 202, data: { id: 5 } })
    const sent = phone.requests.at(-1)
    expect(sent?.body).toEqual({ item: 'tea' })
    expect(sent?.header).toMatchObject({ 'content-type': 'application/json', 'x-trace': '1' })
    expect(sent?.header.authorization).toMatch(/^Bearer mls1_/)
  })

  it.each([
    ['no body', { status: 204 }, null],
    ['JSON left as text', { status: 200, body: '{"a":1}' }, { a: 1 }],
    ['a list', { status: 200, body: [1, 2] }, [1, 2]],
    ['plain text', { status: 200, body: 'pong' }, 'pong'],
  ])('hand over %s', async (_, outcome, expected) => {
    phone.on('GET /ping', outcome)

    expect((await client().request({ path: '/ping', session: 'none' })).data).toEqual(expected)
  })

  it('without a session send no token and start no login', async () => {
    const login = client()
    await login.ensureSession()
    phone.on('GET /public', { status: 200 })

    await login.request({ path: '/public', session: 'none' })

    expect(authorizations('GET /public')).toEqual([undefined])
  })

  it('with a session if present never log in', async () => {
    const login = client()
    phone.on('GET /public', { status: 200 })

    await login.request({ path: '/public', session: 'if-present' })
    expect(authorizations('GET /public')).toEqual([undefined])
    expect(phone.codes).toHaveLength(0)

    await login.ensureSession()
    phone.endAllSessions()
    expect(await failureOf(login.request({ path: '/v1/me', session: 'if-present' }))).toMatchObject({ action: 'log-in', reason: 'idle' })
    expect(phone.codes).toHaveLength(1)
    expect(login.isSignedIn()).toBe(false)
  })

  it('are not sent to a path that would change the host', async () => {
    expect(await failureOf(client().request({ path: '@evil.example/' }))).toMatchObject({ code: 'request-not-possible', action: 'fix-request' })
    expect(phone.requests).toHaveLength(0)
  })

  it.each<[string, Outcome, object]>([
    ['no network', OFFLINE, { code: 'network-offline', action: 'wait' }],
    ['an unknown host', { fail: { errMsg: 'request:fail Unable to resolve host' } }, { code: 'network-offline', action: 'wait' }],
    ['a time-out', TIMEOUT, { code: 'network-timeout', action: 'wait' }],
    ['a time-out without a number', { fail: { errMsg: 'request:fail:timed out' } }, { code: 'network-timeout', action: 'wait' }],
    ['a broken connection', LOST, { code: 'network-lost', action: 'wait' }],
    ['a foreign domain', { fail: { errMsg: 'request:fail url not in domain list', errno: 600002 } }, { code: 'url-not-allowed', action: 'contact-operator' }],
    ['a bad method', { fail: { errMsg: 'request:fail invalid method', errno: 600009 } }, { code: 'request-not-possible', action: 'fix-request' }],
    ['a bad gateway', { status: 502, body: '<html>' }, { code: 'unexpected-answer', action: 'wait', status: 502, retryAfter: null }],
    [
      'a gateway that asks to wait',
      { status: 429, body: '', header: { 'Retry-After': '12' } },
      { code: 'unexpected-answer', action: 'wait', retryAfter: 12 },
    ],
    ['a problem without its action', { status: 500, body: { code: 'internal-error' } }, { code: 'unexpected-answer', action: 'contact-operator' }],
    ['a problem with an unknown action', { status: 500, body: { code: 'x', action: 'dance' } }, { code: 'unexpected-answer' }],
    ['a problem with its wait in the header', { status: 503, body: { code: 'overloaded', action: 'wait' }, header: { 'retry-after': '2' } }, { code: 'overloaded', retryAfter: 2 }],
  ])('name %s', async (_, outcome, expected) => {
    phone.on('GET /public', outcome)

    expect(await failureOf(client().request({ path: '/public', session: 'none' }))).toMatchObject(expected)
    expect(phone.requests).toHaveLength(1)
  })

  it('name what wx.request throws', async () => {
    const broken = {
      ...phone.wx,
      request: () => {
        throw new TypeError('parameter.url should be String')
      },
    }

    expect(await failureOf(client({ wx: broken }).request({ path: '/public', session: 'none' }))).toMatchObject({
      code: 'request-not-possible',
      action: 'fix-request',
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('tell the fields that the server refused', async () => {
    phone.on(SAVE, problem(400, 'invalid-request', 'fix-request', { errors: [{ field: 'nickname', message: 'too long' }, { message: 'no field' }, 3] }))

    const error = await failureOf(client().updateProfile({ nickname: 'x'.repeat(33) }))

    expect(error.fieldErrors).toEqual([{ field: 'nickname', message: 'too long' }])
    expect(error.message).toBe('invalid-request: about invalid-request')
  })

  it('end by our own timer when WeChat never calls back', async () => {
    const login = client()
    phone.on('GET /public', 'hang')
    const failure = failureOf(login.request({ path: '/public', session: 'none' }))

    await vi.advanceTimersByTimeAsync(21_000)

    expect(await failure).toMatchObject({ code: 'network-timeout', action: 'wait' })
  })
})

describe('the profile', () => {
  it('is changed by POST, because wx.request knows no PATCH', async () => {
    const login = client()

    const user = await login.updateProfile({ nickname: '小明', city: null })

    expect(user.nickname).toBe('小明')
    expect(phone.seen(SAVE)[0]?.body).toEqual({ nickname: '小明', city: null })
    expect((await login.ensureSession()).user?.nickname).toBe('小明')
  })

  it('is not made up from an answer that holds none', async () => {
    phone.on(ME, { status: 200, body: { nickname: 'no id' } })

    expect(await failureOf(client().me())).toMatchObject({ code: 'unexpected-answer', status: 200 })
  })
})

describe('the avatar', () => {
  const AVATAR = 'POST /v1/me/avatar'
  const FILE = 'http://tmp/1.png'

  it('is uploaded with the token, and the user comes back', async () => {
    const login = client()

    const user = await login.setAvatar(FILE)

    const [request] = phone.seen(AVATAR)
    expect(request).toMatchObject({
      url: 'https://api.example.com/v1/me/avatar',
      file: { path: FILE, name: 'file' },
      timeout: 30_000,
      header: { accept: 'application/json', authorization: expect.stringMatching(/^Bearer mls1_/) as string },
    })
    expect(request?.header).not.toHaveProperty('content-type')
    expect(user.avatarUrl).toMatch(/^https:/)
    expect((await login.ensureSession()).user).toEqual(user)
  })

  it('is uploaded once more after a login when the server ended the session', async () => {
    const login = client()
    await login.ensureSession()
    phone.endAllSessions()

    await login.setAvatar(FILE)

    expect(phone.seen(AVATAR)).toHaveLength(2)
    expect(new Set(authorizations(AVATAR)).size).toBe(2)
    expect(phone.codes).toHaveLength(2)
  })

  it('is refused with the problem in the text of the answer', async () => {
    phone.on(AVATAR, problem(400, 'avatar-unreadable', 'fix-request'))

    expect(await failureOf(client().setAvatar(FILE))).toMatchObject({
      code: 'avatar-unreadable',
      action: 'fix-request',
      status: 400,
      traceId: 'trace-avatar-unreadable',
    })
  })

  it.each<[string, Outcome, object]>([
    ['a lost connection', { fail: { errMsg: 'uploadFile:fail net::ERR_CONNECTION_RESET', errno: 600001 } }, { code: 'network-lost', action: 'wait' }],
    ['no network', { fail: { errMsg: 'uploadFile:fail net::ERR_INTERNET_DISCONNECTED', errno: 600001 } }, { code: 'network-offline', action: 'wait' }],
    ['a file that is gone', { fail: { errMsg: 'uploadFile:fail file not found' } }, { code: 'request-not-possible', action: 'fix-request' }],
    ['a domain that is not allowed', { fail: { errMsg: 'uploadFile:fail url not in domain list', errno: 600002 } }, { code: 'url-not-allowed', action: 'contact-operator' }],
    ['a gateway that takes no such body', { status: 413, body: '<html>413</html>' }, { code: 'unexpected-answer', action: 'contact-operator', status: 413 }],
    ['an answer without a user', { status: 200, body: 'stored' }, { code: 'unexpected-answer', status: 200 }],
  ])('fails by %s, and nothing is sent again', async (_, outcome, expected) => {
    phone.on(AVATAR, outcome)

    expect(await failureOf(client().setAvatar(FILE))).toMatchObject(expected)
    expect(phone.seen(AVATAR)).toHaveLength(1)
  })

  it('ends by our own timer when WeChat never calls back', async () => {
    phone.on(AVATAR, 'hang')
    const login = client({ uploadTimeoutMillis: 5_000 })
    await login.ensureSession()
    const failure = failureOf(login.setAvatar(FILE))
    await vi.advanceTimersByTimeAsync(11_000)

    expect(await failure).toMatchObject({ code: 'network-timeout', action: 'wait' })
  })
})

describe('the phone number', () => {
  const BIND = 'POST /v1/me/phone'

  it.each([
    [{ code: 'c0ffee' }, undefined, { code: 'c0ffee' }],
    [{ encryptedData: 'ZGF0YQ==', iv: 'aXY=' }, { move: false }, { encryptedData: 'ZGF0YQ==', iv: 'aXY=' }],
    [{ code: 'c0ffee' }, { move: true }, { code: 'c0ffee', move: true }],
  ])('is bound by %j with %j', async (proof, options, body) => {
    const user = await client().bindPhone(proof, options)

    expect(phone.seen(BIND)[0]?.body).toEqual(body)
    expect(user.phone).toBe('135******66')
  })

  it('brings the session a new token, which outlives the mini program', async () => {
    const login = client()
    const before = await login.ensureSession()
    await login.bindPhone({ code: 'c0ffee' })
    await login.me()

    const tokens = phone.requests.map((request) => request.header.authorization).filter((token) => token !== undefined)
    expect(new Set(tokens).size).toBe(2)
    expect(phone.seen('POST /v1/sessions')).toHaveLength(1)
    expect((await login.ensureSession()).sessionId).not.toBe(before.sessionId)
    await client().me()
    expect(phone.seen('GET /v1/me')[1]?.header.authorization).toBe(tokens.at(-1))
  })

  it('brings no new token when it was bound before', async () => {
    const login = client()
    await login.bindPhone({ code: 'c0ffee' })
    const { sessionId } = await login.ensureSession()
    await login.bindPhone({ code: 'decaf' })

    expect((await login.ensureSession()).sessionId).toBe(sessionId)
    expect(phone.seen('POST /v1/sessions')).toHaveLength(1)
  })

  it('does not put its token in place of a login that came meanwhile', async () => {
    const late = deferred<Outcome>()
    const login = client()
    await login.ensureSession()
    phone.on(BIND, () => late.promise)
    const binding = login.bindPhone({ code: 'c0ffee' })
    await vi.advanceTimersByTimeAsync(0)
    const { sessionId } = await login.ensureSession({ renew: true })
    late.resolve({ status: 200, body: { user: USER, session: { token: 'mls1_late', tokenType: 'Bearer', sessionId: 'late', expiresIn: 600, idleExpiresIn: 600 } } })
    await binding

    expect((await login.ensureSession()).sessionId).toBe(sessionId)
  })

  it.each([[undefined], ['mls1_x'], [{ token: 'mls1_x' }]])('is not taken for bound with the session %j', async (session) => {
    phone.on(BIND, { status: 200, body: { user: USER, session } })

    expect(await failureOf(client().bindPhone({ code: 'c0ffee' }))).toMatchObject({ code: 'unexpected-answer' })
  })

  it('is not taken from another account without being asked', async () => {
    phone.on(BIND, problem(409, 'phone-taken', 'confirm'))

    expect(await failureOf(client().bindPhone({ code: 'c0ffee' }))).toMatchObject({ code: 'phone-taken', action: 'confirm', status: 409 })
    expect(phone.seen(BIND)).toHaveLength(1)
  })

  it('is unbound', async () => {
    const login = client()
    await login.bindPhone({ code: 'c0ffee' })

    expect((await login.unbindPhone()).phone).toBeNull()
    expect(phone.seen('DELETE /v1/me/phone')).toHaveLength(1)
    expect(login.isSignedIn()).toBe(true)
  })
})

describe('lifetimes', () => {
  it.each([
    ['the absolute end', 600, 86_400, 545_000, 535_000],
    ['the idle end', 2_592_000, 600, 545_000, 535_000],
    ['the end of a very short session', 20, 20, 18_500, 17_500],
  ])('renew a session near %s', async (_, expiresIn, idleExpiresIn, tooLate, inTime) => {
    phone.expiresIn = expiresIn
    phone.idleExpiresIn = idleExpiresIn
    for (const [elapsed, logins] of [
      [inTime, 1],
      [tooLate, 2],
    ] as const) {
      phone = Object.assign(new Phone(), { expiresIn, idleExpiresIn })
      const login = client()
      await login.ensureSession()
      vi.setSystemTime(Date.now() + elapsed)
      await login.ensureSession()
      expect(phone.codes).toHaveLength(logins)
    }
  })

  it('count the idle time from the last use', async () => {
    phone.idleExpiresIn = 600
    const login = client()
    await login.ensureSession()
    for (let use = 0; use < 5; use += 1) {
      vi.setSystemTime(Date.now() + 500_000)
      await login.me()
    }

    expect(phone.codes).toHaveLength(1)
  })

  it('remember the last use over a restart', async () => {
    phone.idleExpiresIn = 3600
    const login = client()
    await login.ensureSession()
    vi.setSystemTime(Date.now() + 3_000_000)
    await login.me()
    vi.setSystemTime(Date.now() + 3_000_000)

    await client().me()

    expect(phone.codes).toHaveLength(1)
  })

  it('remember the last use of a short session as the server does: after a tenth of its idle life', async () => {
    phone.idleExpiresIn = 60
    const login = client()
    await login.ensureSession()
    const stored = () => (phone.stored.get(SESSION) as { usedAt: number }).usedAt
    const start = stored()

    vi.setSystemTime(start + 5_999)
    await login.me()
    expect(stored()).toBe(start)

    vi.setSystemTime(start + 6_000)
    await login.me()
    expect(stored()).toBe(start + 6_000)
  })

  it('remember the last use of a long session every ten minutes', async () => {
    const login = client()
    await login.ensureSession()
    const stored = () => (phone.stored.get(SESSION) as { usedAt: number }).usedAt
    const start = stored()

    vi.setSystemTime(start + 599_999)
    await login.me()
    expect(stored()).toBe(start)

    vi.setSystemTime(start + 600_000)
    await login.me()
    expect(stored()).toBe(start + 600_000)
  })

  it.each([
    ['a day ahead', DAY],
    ['a day behind', -DAY],
  ])('are not disturbed by a clock that is %s', async (_, skew) => {
    vi.setSystemTime(Date.now() + skew)
    const login = client()
    await login.ensureSession()
    vi.setSystemTime(Date.now() + 3_600_000)

    await login.me()

    expect(phone.codes).toHaveLength(1)
  })

  it('are left to the server when the clock was set back', async () => {
    const login = client()
    await login.ensureSession()
    vi.setSystemTime(Date.now() - 10 * DAY)

    await login.me()
    expect(phone.codes).toHaveLength(1)

    phone.endAllSessions()
    await expect(login.me()).resolves.toEqual(USER)
    expect(phone.codes).toHaveLength(2)
  })

  it('cost one login when the clock was set ahead', async () => {
    const login = client()
    await login.ensureSession()
    vi.setSystemTime(Date.now() + 40 * DAY)

    await Promise.all([login.me(), login.me()])
    await login.me()

    expect(phone.codes).toHaveLength(2)
  })
})

describe('wx.login', () => {
  it('is given up after its time, and the next try starts afresh', async () => {
    phone.onLogin('hang')
    const login = client({ loginTimeoutMillis: 3000 })
    const failures = Promise.all([failureOf(login.me()), failureOf(login.ensureSession())])

    await vi.advanceTimersByTimeAsync(4000)

    for (const error of await failures) {
      expect(error).toMatchObject({ code: 'wx-login-timeout', action: 'wait', status: 0 })
    }
    expect(phone.requests).toHaveLength(0)
    await expect(login.me()).resolves.toEqual(USER)
  })

  it('leaves no login under way when the server never answers', async () => {
    phone.on(LOGIN, 'hang', 'hang')
    const login = client({ requestTimeoutMillis: 2000 })
    const failure = failureOf(login.ensureSession())

    await vi.advanceTimersByTimeAsync(10_000)

    expect(await failure).toMatchObject({ code: 'network-timeout' })
    expect(phone.seen(LOGIN)).toHaveLength(2)
    await expect(login.ensureSession()).resolves.toMatchObject({ sessionId: 'session-1' })
  })

  it.each([
    ['blocks the user', { fail: { errMsg: 'login:fail user blocked', errno: 1402101 } }, { code: 'wx-login-blocked', action: 'blocked' }],
    ['times out itself', { fail: { errMsg: 'login:fail timeout', errno: 5 } }, { code: 'wx-login-timeout', action: 'wait' }],
    ['has no network', { fail: { errMsg: 'login:fail offline', errno: 600001 } }, { code: 'network-offline', action: 'wait' }],
    ['fails', { fail: { errMsg: 'login:fail system error' } }, { code: 'wx-login-failed', action: 'wait' }],
    ['gives an empty code', { code: '' }, { code: 'wx-login-failed', action: 'wait' }],
  ])('that %s is an error', async (_, outcome, expected) => {
    phone.onLogin(outcome)

    expect(await failureOf(client().ensureSession())).toMatchObject(expected)
    expect(phone.requests).toHaveLength(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('storage', () => {
  it('brings the session over a restart', async () => {
    await client().ensureSession()

    const restarted = client()

    expect(restarted.isSignedIn()).toBe(true)
    await restarted.me()
    expect(phone.codes).toHaveLength(1)
    expect((await restarted.ensureSession()).newUser).toBe(false)
  })

  it('names the session by version and appid', async () => {
    await client().ensureSession()
    phone.envVersion = 'release'
    expect(client().isSignedIn()).toBe(false)
    await client().ensureSession()
    await client({ appId: 'wx3333cccc4444dddd', envVersion: 'trial' }).ensureSession()

    expect([...phone.stored.keys()].sort()).toEqual([
      'mini-login/develop/wx1111aaaa2222bbbb/install',
      'mini-login/develop/wx1111aaaa2222bbbb/session',
      'mini-login/release/wx1111aaaa2222bbbb/install',
      'mini-login/release/wx1111aaaa2222bbbb/session',
      'mini-login/trial/wx3333cccc4444dddd/install',
      'mini-login/trial/wx3333cccc4444dddd/session',
    ])
    expect(phone.seen(LOGIN).at(-1)?.body).toMatchObject({ appId: 'wx3333cccc4444dddd', client: { envVersion: 'trial' } })
  })

  it('does not send the token of one server to another', async () => {
    await client().ensureSession()

    expect(client({ baseUrl: 'https://other.example.com' }).isSignedIn()).toBe(false)
  })

  it('keeps the install id, so that a new login replaces the old session', async () => {
    const login = client()
    await login.ensureSession()
    await login.ensureSession({ renew: true })
    await client().ensureSession({ renew: true })

    const ids = phone.seen(LOGIN).map((request) => (request.body as { client: { installId: string } }).client.installId)
    expect(new Set(ids).size).toBe(1)
  })

  it('may fail in everything: the session lives on in memory', async () => {
    phone.storageBroken = true
    const login = client()

    await login.me()
    await login.me()
    phone.endAllSessions()
    await login.me()

    expect(phone.codes).toHaveLength(2)
    const ids = phone.seen(LOGIN).map((request) => (request.body as { client: { installId: string } }).client.installId)
    expect(new Set(ids).size).toBe(1)
    const failed = events.flatMap((event) => (event.type === 'storage-failed' ? [event.operation] : []))
    expect(new Set(failed)).toEqual(new Set(['read', 'write', 'remove']))
    await expect(login.logOut()).resolves.toEqual({ endedOnServer: true })
  })

  it.each([
    ['text', 'nonsense'],
    ['a number', 42],
    ['an older shape', { token: 'mls1_old' }],
    ['a record with a broken time', { baseUrl: 'https://api.example.com', token: 't', sessionId: 's', expiresIn: 1, idleExpiresIn: 1, receivedAt: null, usedAt: 1 }],
  ])('that holds %s counts as empty', async (_, value) => {
    phone.stored.set(SESSION, value)
    const login = client()

    expect(login.isSignedIn()).toBe(false)
    await expect(login.me()).resolves.toEqual(USER)
  })

  it('may be given by the app', async () => {
    const values = new Map<string, unknown>()
    const storage = {
      get: (key: string) => values.get(key),
      set: (key: string, value: unknown) => void values.set(key, value),
      remove: (key: string) => void values.delete(key),
    }

    await client({ storage }).ensureSession()

    expect(values.size).toBe(2)
    expect(phone.stored.size).toBe(0)
  })

  it('is emptied when the server refuses the session', async () => {
    const login = client()
    await login.ensureSession()
    phone.endAllSessions()
    await failureOf(login.request({ path: '/v1/me', session: 'if-present' }))

    expect(client().isSignedIn()).toBe(false)
  })
})

describe('logging out', () => {
  it('ends the session here and on the server', async () => {
    const login = client()
    await login.ensureSession()

    await expect(login.logOut()).resolves.toEqual({ endedOnServer: true })

    expect(authorizations(LOG_OUT)).toEqual([`Bearer mls1_${'1'.padStart(49, '0')}`])
    expect(login.isSignedIn()).toBe(false)
    expect(events.at(-1)).toEqual({ type: 'logged-out', endedOnServer: true })
  })

  it('holds: no request logs in again, also after a restart, until the user wants it', async () => {
    const login = client()
    await login.ensureSession()
    await login.logOut()

    expect(await failureOf(login.me())).toMatchObject({ code: 'signed-out', action: 'log-in', status: 0 })
    expect(await failureOf(client().me())).toMatchObject({ code: 'signed-out' })
    expect(phone.codes).toHaveLength(1)

    await login.ensureSession()
    await expect(login.me()).resolves.toEqual(USER)
    expect(client().isSignedIn()).toBe(true)
  })

  it('happens on the phone although the server cannot be reached', async () => {
    const login = client()
    await login.ensureSession()
    phone.on(LOG_OUT, OFFLINE)

    await expect(login.logOut()).resolves.toEqual({ endedOnServer: false })
    expect(login.isSignedIn()).toBe(false)
  })

  it.each<[string, Outcome, boolean]>([
    ['no longer knows the session', problem(401, 'session-ended', 'log-in', { reason: 'expired' }), true],
    ['has no storage', problem(503, 'storage-unavailable', 'wait'), false],
  ])('of a server that %s', async (_, outcome, endedOnServer) => {
    const login = client()
    await login.ensureSession()
    phone.on(LOG_OUT, outcome)

    await expect(login.logOut()).resolves.toEqual({ endedOnServer })
  })

  it('asks nobody when there is no session', async () => {
    await expect(client().logOut()).resolves.toEqual({ endedOnServer: true })
    expect(phone.requests).toHaveLength(0)
  })

  it('is not undone by a request that was under way', async () => {
    const login = client()
    await login.ensureSession()
    const late = deferred<Outcome>()
    phone.on(ME, late.promise)
    const slow = failureOf(login.me())
    await login.logOut()

    late.resolve(problem(401, 'session-ended', 'log-in', { reason: 'signed-out' }))

    expect(await slow).toMatchObject({ code: 'signed-out', action: 'log-in' })
    expect(phone.codes).toHaveLength(1)
  })

  it('is not undone by a login that was under way, whose session is ended at once', async () => {
    const login = client()
    const slowLogin = deferred<Outcome>()
    phone.on(LOGIN, slowLogin.promise)
    const waiting = failureOf(login.ensureSession())
    await vi.advanceTimersByTimeAsync(1)
    await login.logOut()
    const again = login.ensureSession()

    slowLogin.resolve({
      status: 201,
      body: { token: 'mls1_unwanted', sessionId: 'unwanted', expiresIn: 60, idleExpiresIn: 60, newUser: false, user: USER },
    })

    expect(await waiting).toMatchObject({ code: 'signed-out' })
    expect((await again).sessionId).toBe('session-1')
    await vi.advanceTimersByTimeAsync(1)
    expect(authorizations(LOG_OUT)).toEqual(['Bearer mls1_unwanted'])
    expect(login.isSignedIn()).toBe(true)
  })
})

describe('the session_key', () => {
  it('is what wx.checkSession answers about, and nothing else', async () => {
    const login = client()
    await login.ensureSession()

    await expect(login.checkSessionKey()).resolves.toBe(true)
    phone.sessionKeyValid = false
    await expect(login.checkSessionKey()).resolves.toBe(false)

    expect(login.isSignedIn()).toBe(true)
    expect(phone.requests).toHaveLength(1)
  })

  it('is not the server’s when the last code never reached it', async () => {
    const login = client()
    await login.ensureSession()
    phone.on(LOGIN, OFFLINE)
    await failureOf(login.ensureSession({ renew: true }))

    await expect(login.checkSessionKey()).resolves.toBe(false)

    await login.ensureSession({ renew: true })
    await expect(login.checkSessionKey()).resolves.toBe(true)
  })

  it('is nobody’s without a session', async () => {
    const login = client()
    await expect(login.checkSessionKey()).resolves.toBe(false)

    await login.ensureSession()
    await login.logOut()
    await expect(login.checkSessionKey()).resolves.toBe(false)
  })

  it('stays known over a restart', async () => {
    await client().ensureSession()

    await expect(client().checkSessionKey()).resolves.toBe(true)
  })

  it('stays known when the use of the session is noted', async () => {
    const login = client()
    await login.ensureSession()
    vi.setSystemTime(Date.now() + 3_600_000)
    await login.me()

    await expect(client().checkSessionKey()).resolves.toBe(true)
  })

  it.each<[string, () => void]>([
    [
      'before wx.login called back',
      () => {
        phone.onLogin('hang')
      },
    ],
    [
      'before the code reached the server',
      () => {
        phone.on(LOGIN, 'hang')
      },
    ],
  ])('is not known after a restart when the mini program was ended %s', async (_, script) => {
    const login = client()
    await login.ensureSession()
    script()
    void failureOf(login.ensureSession({ renew: true }))
    await vi.advanceTimersByTimeAsync(1)

    const restarted = client()
    await expect(restarted.checkSessionKey()).resolves.toBe(false)

    await restarted.ensureSession({ renew: true })
    await expect(client().checkSessionKey()).resolves.toBe(true)
  })

  it('is not known from the moment that wx.login is called', async () => {
    const login = client()
    await login.ensureSession()
    const code = deferred<LoginOutcome>()
    phone.onLogin(code.promise)
    const renewed = login.ensureSession({ renew: true })

    await expect(login.checkSessionKey()).resolves.toBe(false)

    code.resolve({ code: 'code-late' })
    await renewed
    await expect(login.checkSessionKey()).resolves.toBe(true)
  })

  it('is not known when a login began while WeChat was asked about it', async () => {
    const login = client()
    await login.ensureSession()
    phone.onLogin('hang')

    const check = login.checkSessionKey()
    void failureOf(login.ensureSession({ renew: true }))

    await expect(check).resolves.toBe(false)
  })

  it('is not known when wx.login was given up, until a login that began after its late answer', async () => {
    const login = client({ loginTimeoutMillis: 3000 })
    await login.ensureSession()
    const late = deferred<LoginOutcome>()
    phone.onLogin(late.promise)
    const failure = failureOf(login.ensureSession({ renew: true }))
    await vi.advanceTimersByTimeAsync(4000)
    expect(await failure).toMatchObject({ code: 'wx-login-timeout' })
    await expect(login.checkSessionKey()).resolves.toBe(false)

    await login.ensureSession({ renew: true })
    await expect(login.checkSessionKey()).resolves.toBe(false)

    late.resolve({ code: 'code-late' })
    await vi.advanceTimersByTimeAsync(1)
    await expect(login.checkSessionKey()).resolves.toBe(false)
    await expect(client().checkSessionKey()).resolves.toBe(false)

    await login.ensureSession({ renew: true })
    await expect(login.checkSessionKey()).resolves.toBe(true)
  })

  it('is not made known by the end of a login that the log-out overtook', async () => {
    const login = client()
    await login.ensureSession()
    const unwanted = deferred<Outcome>()
    phone.on(LOGIN, unwanted.promise)
    const waiting = failureOf(login.ensureSession({ renew: true }))
    await vi.advanceTimersByTimeAsync(1)
    await login.logOut()
    await login.ensureSession()
    phone.onLogin('hang')
    void failureOf(login.ensureSession({ renew: true }))

    unwanted.resolve({
      status: 201,
      body: { token: 'mls1_unwanted', sessionId: 'unwanted', expiresIn: 60, idleExpiresIn: 60, newUser: false, user: USER },
    })

    expect(await waiting).toMatchObject({ code: 'signed-out' })
    await expect(login.checkSessionKey()).resolves.toBe(false)
  })

  it('is not known when an overtaken login may reach the server after the newer one', async () => {
    const login = client()
    const unwanted = deferred<Outcome>()
    phone.on(LOGIN, unwanted.promise)
    const waiting = failureOf(login.ensureSession())
    await vi.advanceTimersByTimeAsync(1)
    await login.logOut()

    await login.ensureSession()

    await expect(login.checkSessionKey()).resolves.toBe(false)
    unwanted.resolve(OFFLINE)
    await waiting
    await login.ensureSession({ renew: true })
    await expect(login.checkSessionKey()).resolves.toBe(true)
  })

  it('is known again although wx.login once threw', async () => {
    let broken = true
    const wx = {
      ...phone.wx,
      login: (option: Parameters<typeof phone.wx.login>[0]) => {
        if (broken) {
          throw new TypeError('wx.login is not ready')
        }
        phone.wx.login(option)
      },
    }
    const login = client({ wx })
    expect(await failureOf(login.ensureSession())).toMatchObject({ code: 'request-not-possible' })

    broken = false
    await login.ensureSession()

    await expect(login.checkSessionKey()).resolves.toBe(true)
  })

  it('is asked about no longer than the time-out', async () => {
    const login = client()
    await login.ensureSession()
    phone.sessionKeyValid = 'hang'
    const failure = failureOf(login.checkSessionKey())

    await vi.advanceTimersByTimeAsync(8000)

    expect(await failure).toMatchObject({ code: 'network-timeout', action: 'wait' })
  })
})

describe('events and errors', () => {
  it('hold no token and no code', async () => {
    const login = client()
    phone.on(LOGIN, phone.loseAnswer, phone.loseAnswer, problem(409, 'code-used', 'new-code'))
    const errors = [await failureOf(login.ensureSession())]
    await login.me()
    phone.endAllSessions()
    await login.me()
    phone.on(ME, TIMEOUT)
    errors.push(await failureOf(login.me()))
    await login.logOut()
    errors.push(await failureOf(login.me()))

    const told = JSON.stringify([events, errors.map((error) => [Object.entries(error), error.message, error.stack])])
    expect(new Set(eventTypes())).toEqual(
      new Set(['login-started', 'login-resent', 'login-failed', 'login-succeeded', 'session-ended', 'logged-out']),
    )
    expect(told).not.toContain('mls1_')
    phone.codes.forEach((code) => {
      expect(told).not.toContain(code)
    })
    phone.seen(LOGIN).forEach((request) => {
      expect(told).not.toContain(request.header['idempotency-key'])
    })
  })

  it('survive a listener that throws', async () => {
    const login = client({
      onEvent: () => {
        throw new Error('listener')
      },
    })

    await expect(login.me()).resolves.toEqual(USER)
  })
})
