import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mount, mountAgain, type Mounted } from './support/page'
import { deferred, OFFLINE, Phone, problem, USER, type Outcome } from './support/phone'

const homeModule = () => import('../miniprogram/pages/home/home')
const profileModule = () => import('../miniprogram/pages/profile/profile')
const appModule = () => import('../miniprogram/app')

let phone: Phone

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00Z') })
  phone = new Phone()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1)
}

async function show(page: Mounted): Promise<void> {
  page.call('onShow')
  await settled()
}

describe('the home page', () => {
  it('lets a guest look around and sends nothing', async () => {
    const home = await mount(phone, homeModule)
    await show(home)

    expect(home.data).toMatchObject({ state: 'signed-out', user: null, error: null, develop: true })
    expect(phone.requests).toHaveLength(0)
    expect(phone.codes).toHaveLength(0)
  })

  it('logs in when the user taps, and shows the user of the answer', async () => {
    phone.profile.nickname = '小明'
    const home = await mount(phone, homeModule)
    await show(home)

    const login = home.call('logIn')
    expect(home.data.state).toBe('busy')
    await login

    expect(home.data).toMatchObject({
      state: 'signed-in',
      user: { id: USER.id, nickname: '小明', initial: '小', avatar: '', since: '2026-11-22' },
    })
    expect(phone.requests.map((request) => request.path)).toEqual(['/v1/sessions'])
  })

  it('checks a stored session before it shows it', async () => {
    await (await mount(phone, homeModule)).call('logIn')
    const answer = deferred<Outcome>()
    phone.on('GET /v1/me', answer.promise)

    const home = await mount(phone, homeModule)
    await show(home)
    expect(home.data.state).toBe('busy')

    answer.resolve({ status: 200, body: USER })
    await settled()
    expect(home.data.state).toBe('signed-in')
    expect(phone.codes).toHaveLength(1)
  })

  it('shows a guest and the error when the check fails, and tries again on demand', async () => {
    await (await mount(phone, homeModule)).call('logIn')
    phone.on('GET /v1/me', OFFLINE)
    const home = await mount(phone, homeModule)
    await show(home)

    expect(home.data).toMatchObject({ state: 'signed-out', user: null, error: { code: 'network-offline', action: 'wait' } })

    home.call('onRetry')
    await settled()
    expect(home.data).toMatchObject({ state: 'signed-in', error: null })
  })

  it('keeps the user on the screen when a later check fails', async () => {
    const home = await mount(phone, homeModule)
    await home.call('logIn')
    phone.on('GET /v1/me', problem(503, 'storage-unavailable', 'wait'))
    await show(home)

    expect(home.data).toMatchObject({ state: 'signed-in', user: { id: USER.id }, error: { code: 'storage-unavailable' } })
  })

  it('shows why a login failed, and a retry logs in', async () => {
    phone.on('POST /v1/sessions', problem(503, 'wechat-busy', 'wait', { retryAfter: 3 }))
    const home = await mount(phone, homeModule)
    await home.call('logIn')

    expect(home.data).toMatchObject({
      state: 'signed-out',
      error: { code: 'wechat-busy', action: 'wait', retryAfter: 3, traceId: 'trace-wechat-busy' },
    })

    home.call('onRetry')
    await settled()
    expect(home.data).toMatchObject({ state: 'signed-in', error: null })
  })

  it('logs in when the error asks for a login', async () => {
    await (await mount(phone, homeModule)).call('logIn')
    phone.on('GET /v1/me', problem(401, 'session-ended', 'log-in', { reason: 'revoked' }), problem(401, 'session-ended', 'log-in', { reason: 'revoked' }))
    const home = await mount(phone, homeModule)
    await show(home)
    expect(home.data).toMatchObject({ state: 'signed-out', error: { action: 'log-in', reason: 'revoked' } })

    home.call('onRetry')
    await settled()
    expect(home.data.state).toBe('signed-in')
    expect(phone.codes).toHaveLength(3)
  })

  it('logs out, and stays so', async () => {
    const home = await mount(phone, homeModule)
    await home.call('logIn')
    await home.call('logOut')
    await show(home)

    expect(home.data).toMatchObject({ state: 'signed-out', user: null, notice: '', error: null })
    expect(phone.seen('DELETE /v1/sessions/current')).toHaveLength(1)
    expect(phone.codes).toHaveLength(1)
  })

  it('says so when the server could not be told of the log-out', async () => {
    const home = await mount(phone, homeModule)
    await home.call('logIn')
    phone.on('DELETE /v1/sessions/current', OFFLINE)
    await home.call('logOut')

    expect(home.data).toMatchObject({ state: 'signed-out', notice: expect.stringContaining('本机') as string })
  })

  it('does not show the result of a check that the log-out overtook', async () => {
    const home = await mount(phone, homeModule)
    await home.call('logIn')
    const late = deferred<Outcome>()
    phone.on('GET /v1/me', late.promise)
    await show(home)
    await home.call('logOut')

    late.resolve({ status: 200, body: USER })
    await settled()

    expect(home.data).toMatchObject({ state: 'signed-out', user: null })
  })

  it('sends twenty requests at once in a develop version: one login', async () => {
    const home = await mount(phone, homeModule)
    await home.call('load20')

    expect(home.data.loadResult).toMatch(/^成功 20，失败 0，登录 1 次/)
    expect(home.data).toMatchObject({ loading: false, state: 'signed-in' })
    expect(phone.codes).toHaveLength(1)
  })

  it('counts the failures of the twenty', async () => {
    phone.on('POST /v1/sessions', problem(403, 'user-blocked', 'blocked'))
    phone.language = 'en'
    const home = await mount(phone, homeModule)
    await home.call('load20')

    expect(home.data.loadResult).toMatch(/^0 ok, 20 failed, 1 logins/)
    expect(home.data.state).toBe('signed-out')
  })

  it('has no developer block in a release', async () => {
    phone.envVersion = 'release'
    const home = await mount(phone, homeModule)
    await home.call('logIn')

    expect(home.data.develop).toBe(false)
    expect(phone.requests[0]?.url).toBe('https://api.example.com/v1/sessions')
  })

  it('opens one question at a time, and the profile', async () => {
    const home = await mount(phone, homeModule)
    const switchTab = vi.fn()
    phone.wx.switchTab = switchTab
    const tap = (index: number) => home.call('toggleQuestion', { currentTarget: { dataset: { index } } })

    tap(1)
    expect(home.data.openQuestion).toBe(1)
    tap(2)
    expect(home.data.openQuestion).toBe(2)
    tap(2)
    expect(home.data.openQuestion).toBe(-1)

    home.call('openProfile')
    expect(switchTab).toHaveBeenCalledWith({ url: '/pages/profile/profile' })
  })
})

describe('the profile page', () => {
  const submit = (page: Mounted, nickname: string) => page.call('onSubmit', { detail: { value: { nickname } } })

  async function signedIn(): Promise<Mounted> {
    const profile = await mount(phone, profileModule)
    await profile.call('logIn')
    return profile
  }

  it('asks nothing of a guest', async () => {
    const profile = await mount(phone, profileModule)
    await show(profile)

    expect(profile.data).toMatchObject({ view: 'guest', user: null, error: null })
    expect(phone.requests).toHaveLength(0)
  })

  it('fills the form after the login', async () => {
    phone.profile = { ...USER, nickname: '小明', gender: 1, province: '广东省', city: '广州市' }
    const profile = await signedIn()

    expect(profile.data).toMatchObject({ view: 'form', nickname: '小明', gender: 1, region: ['广东省', '广州市'], saved: 'idle' })
  })

  it('saves only what was changed', async () => {
    phone.profile = { ...USER, gender: 1 }
    const profile = await signedIn()
    profile.call('onRegion', { detail: { value: ['广东省', '广州市', '天河区'] } })
    submit(profile, '  小明 ')
    expect(profile.data.saved).toBe('saving')
    await settled()

    expect(phone.seen('POST /v1/me')[0]?.body).toEqual({ nickname: '小明', province: '广东省', city: '广州市' })
    expect(profile.data).toMatchObject({ saved: 'saved', savedText: '已保存', nickname: '小明', region: ['广东省', '广州市'] })
  })

  it('clears what was emptied', async () => {
    phone.profile = { ...USER, nickname: '小明', gender: 2, province: '广东省', city: '广州市' }
    const profile = await signedIn()
    profile.call('onGender', { detail: { value: '0' } })
    profile.call('onClearRegion')
    submit(profile, '')
    await settled()

    expect(phone.seen('POST /v1/me')[0]?.body).toEqual({ nickname: null, gender: null, province: null, city: null })
  })

  it('leaves a region alone that was not edited, also one without a province', async () => {
    phone.profile = { ...USER, city: '广州市' }
    const profile = await signedIn()
    expect(profile.data.region).toEqual(['', '广州市'])
    submit(profile, '小明')
    await settled()

    expect(phone.seen('POST /v1/me')[0]?.body).toEqual({ nickname: '小明' })
    expect(phone.profile.city).toBe('广州市')
  })

  it('clears a city without a province', async () => {
    phone.profile = { ...USER, city: '广州市' }
    const profile = await signedIn()
    profile.call('onClearRegion')
    submit(profile, '')
    await settled()

    expect(phone.seen('POST /v1/me')[0]?.body).toEqual({ city: null })
  })

  it('sends nothing when nothing was changed', async () => {
    const profile = await signedIn()
    submit(profile, '')
    await settled()

    expect(phone.seen('POST /v1/me')).toHaveLength(0)
    expect(profile.data.saved).toBe('saved')
  })

  it('shows what the server kept, not what was typed', async () => {
    phone.profile = { ...USER, nickname: '小明' }
    const profile = await signedIn()
    phone.on('POST /v1/me', { status: 200, body: { ...USER, nickname: '小明' } })
    submit(profile, '微信用户')
    await settled()

    expect(profile.data.nickname).toBe('小明')
  })

  it('counts a nickname by characters, and refuses one that is too long', async () => {
    const profile = await signedIn()
    submit(profile, '😀'.repeat(33))
    expect(profile.data.nicknameProblem).toBe('昵称最多 32 个字。')
    expect(phone.seen('POST /v1/me')).toHaveLength(0)

    submit(profile, '😀'.repeat(32))
    await settled()
    expect(profile.data).toMatchObject({ nicknameProblem: '', saved: 'saved' })
  })

  it('keeps the form and offers the same save again when it fails', async () => {
    const profile = await signedIn()
    phone.on('POST /v1/me', OFFLINE)
    profile.call('onGender', { detail: { value: '2' } })
    submit(profile, '小明')
    await settled()
    expect(profile.data).toMatchObject({ saved: 'failed', gender: 2, nickname: '小明', error: { code: 'network-offline' } })

    profile.call('onRetry')
    await settled()
    expect(profile.data).toMatchObject({ saved: 'saved', error: null })
    expect(phone.seen('POST /v1/me').map((request) => request.body)).toEqual(Array(2).fill({ nickname: '小明', gender: 2 }))
  })

  it('does not overwrite edits when it is shown again', async () => {
    const profile = await signedIn()
    profile.call('onGender', { detail: { value: '1' } })
    await show(profile)

    expect(profile.data.gender).toBe(1)
    expect(phone.seen('GET /v1/me')).toHaveLength(1)
  })

  it('shows a guest again after a log-out on the home page, edits or not', async () => {
    const profile = await signedIn()
    profile.call('onEdit')
    const home = await mountAgain(phone, homeModule)
    await home.call('logOut')
    await show(profile)

    expect(profile.data).toMatchObject({ view: 'guest', user: null })
  })

  it('shows why it could not be read', async () => {
    await signedIn()
    phone.on('GET /v1/me', problem(500, 'internal-error', 'contact-operator'))
    const profile = await mount(phone, profileModule)
    await show(profile)

    expect(profile.data).toMatchObject({ view: 'guest', error: { action: 'contact-operator', code: 'internal-error' } })
  })

  it('shows why a login failed, and logs in on retry', async () => {
    const profile = await mount(phone, profileModule)
    phone.onLogin({ fail: { errMsg: 'login:fail timeout', errno: 5 } })
    await profile.call('logIn')
    expect(profile.data).toMatchObject({ view: 'guest', error: { code: 'wx-login-timeout' } })

    profile.call('onRetry')
    await settled()
    expect(profile.data.view).toBe('form')
  })

  it('shows what the cards changed, and leaves the edits alone', async () => {
    const profile = await signedIn()
    profile.call('onGender', { detail: { value: '1' } })
    profile.call('onCardFailed', { detail: { code: 'internal-error', action: 'contact-operator', reason: '', retryAfter: 0, traceId: '' } })
    expect(profile.data.error).toMatchObject({ code: 'internal-error' })

    profile.call('onUserChanged', { detail: { ...USER, phone: '135******66' } })

    expect(profile.data).toMatchObject({ user: { phone: '135******66' }, gender: 1, error: null })
  })

  it('does not show an answer from before a change after it', async () => {
    const profile = await signedIn()
    const late = deferred<Outcome>()
    phone.on('GET /v1/me', late.promise)
    await show(profile)
    profile.call('onUserChanged', { detail: { ...USER, phone: '135******66' } })

    late.resolve({ status: 200, body: USER })
    await settled()

    expect(profile.data.user).toMatchObject({ phone: '135******66' })
  })

  it('says that a deleted account is gone, and shows the new one after the next login', async () => {
    phone.profile = { ...USER, nickname: '小明' }
    const profile = await signedIn()
    profile.call('onGender', { detail: { value: '1' } })
    phone.on('POST /v1/me', problem(401, 'session-ended', 'log-in', { reason: 'account-deleted' }))
    submit(profile, '小红')
    await settled()
    expect(profile.data.error).toMatchObject({ action: 'log-in', reason: 'account-deleted' })
    expect(phone.codes).toHaveLength(1)

    phone.profile = { ...USER, id: 'another' }
    profile.call('onRetry')
    await settled()

    expect(profile.data).toMatchObject({ view: 'form', user: { id: 'another' }, nickname: '', gender: 0, error: null })
    expect(phone.codes).toHaveLength(2)
  })

  it('shows a guest when the account is found to be gone', async () => {
    const profile = await signedIn()
    phone.on('GET /v1/me', problem(401, 'session-ended', 'log-in', { reason: 'account-deleted' }))
    await show(profile)

    expect(profile.data).toMatchObject({ view: 'guest', user: null, error: { reason: 'account-deleted' } })
  })

  describe('with a nickname in review', () => {
    const inReview = { ...USER, nickname: '小明', reviews: [{ field: 'nickname', state: 'in-review', value: '小红' }] }
    const refused = { ...USER, nickname: '小明', reviews: [{ field: 'nickname', state: 'refused', value: null }] }
    const reads = () => phone.seen('GET /v1/me').length

    it('keeps the old one and says so', async () => {
      phone.profile = inReview
      const profile = await signedIn()

      expect(profile.data).toMatchObject({ nickname: '小明', nicknameState: 'in-review', nicknameNote: '新昵称“小红”审核中，通过后才会显示。' })
    })

    it('says that it was refused when it was saved', async () => {
      phone.profile = { ...USER, nickname: '小明' }
      const profile = await signedIn()
      phone.on('POST /v1/me', { status: 200, body: refused })
      submit(profile, '小红')
      await settled()

      expect(profile.data).toMatchObject({ nickname: '小明', saved: 'refused', savedText: '昵称没有保存', nicknameState: 'refused', nicknameNote: expect.stringContaining('没有通过审核') as string })
    })

    it('does not blame a later save for an earlier refusal', async () => {
      phone.profile = refused
      const profile = await signedIn()
      profile.call('onGender', { detail: { value: '1' } })
      submit(profile, '小明')
      await settled()

      expect(profile.data.saved).toBe('saved')
    })

    it('asks by itself how the review stands, less and less often, and in the end no more', async () => {
      phone.profile = inReview
      await signedIn()
      expect(reads()).toBe(1)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(reads()).toBe(2)
      await vi.advanceTimersByTimeAsync(2_000)
      expect(reads()).toBe(3)
      await vi.advanceTimersByTimeAsync(3_600_000)
      expect(reads()).toBe(7)
    })

    it('shows the decision, and asks no more', async () => {
      phone.profile = inReview
      const profile = await signedIn()
      phone.profile = { ...USER, nickname: '小红' }
      await vi.advanceTimersByTimeAsync(3_600_000)

      expect(profile.data).toMatchObject({ nickname: '小红', nicknameState: 'none', nicknameNote: '' })
      expect(reads()).toBe(2)
    })

    it('does not overwrite edits with the decision', async () => {
      phone.profile = inReview
      const profile = await signedIn()
      profile.call('onGender', { detail: { value: '2' } })
      phone.profile = { ...USER, nickname: '小红' }
      await vi.advanceTimersByTimeAsync(1_000)

      expect(profile.data).toMatchObject({ gender: 2, user: { nickname: '小红' }, nicknameNote: '' })
    })

    it('does not show an answer that a change overtook', async () => {
      phone.profile = inReview
      const profile = await signedIn()
      const late = deferred<Outcome>()
      phone.on('GET /v1/me', late.promise)
      await vi.advanceTimersByTimeAsync(1_000)
      profile.call('onUserChanged', { detail: refused })

      late.resolve({ status: 200, body: inReview })
      await settled()

      expect(profile.data.nicknameNote).toContain('没有通过审核')
    })

    it('asks nothing in the background, and again when it is back, edits or not', async () => {
      phone.profile = inReview
      const profile = await signedIn()
      profile.call('onEdit')
      profile.call('onHide')
      await vi.advanceTimersByTimeAsync(3_600_000)
      expect(reads()).toBe(1)

      profile.call('onShow')
      await vi.advanceTimersByTimeAsync(1_000)
      expect(reads()).toBe(2)
    })

    it('is not troubled by a failure that nobody asked for', async () => {
      phone.profile = inReview
      const profile = await signedIn()
      phone.on('GET /v1/me', OFFLINE)
      await vi.advanceTimersByTimeAsync(1_000)

      expect(profile.data).toMatchObject({ view: 'form', error: null })
    })
  })
})

describe('the app', () => {
  it('names its tabs in the language of WeChat and logs nobody in', async () => {
    const setTabBarItem = vi.fn()
    phone.wx.setTabBarItem = setTabBarItem
    phone.language = 'en'
    const app = await mount(phone, appModule)
    app.call('onLaunch')
    await settled()

    expect(setTabBarItem.mock.calls).toEqual([[{ index: 0, text: 'Home' }], [{ index: 1, text: 'Profile' }]])
    expect(phone.requests).toHaveLength(0)
  })
})
