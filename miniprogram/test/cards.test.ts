import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mount, type Mounted } from './support/page'
import { deferred, OFFLINE, Phone, problem, USER, type Outcome } from './support/phone'

const avatarModule = () => import('../miniprogram/components/avatar-card/avatar-card')
const phoneModule = () => import('../miniprogram/components/phone-card/phone-card')

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

/** Hands the card its user, as the page does. */
function give(card: Mounted, user: object | null): void {
  card.data.user = user
  card.call('user', user)
}

describe('the avatar card', () => {
  const AVATAR = 'POST /v1/me/avatar'
  const FILE = 'http://tmp/1.png'
  const inReview = { ...USER, reviews: [{ field: 'avatarUrl', state: 'in-review', value: null }] }
  const refused = { ...USER, reviews: [{ field: 'avatarUrl', state: 'refused', value: null }] }

  async function card(user: object | null = USER): Promise<Mounted> {
    const mounted = await mount(phone, avatarModule)
    give(mounted, user)
    return mounted
  }

  const choose = (mounted: Mounted) => mounted.call('onChoose', { detail: { avatarUrl: FILE } })

  it('tells what happens to a picture', async () => {
    expect((await card(null)).data).toMatchObject({ state: 'idle', note: '你选择的头像会上传到服务器，通过审核后显示。', chosen: '' })
  })

  it('uploads the chosen picture and hands the user over', async () => {
    const mounted = await card()
    const answer = deferred<Outcome>()
    phone.on(AVATAR, answer.promise)

    choose(mounted)
    expect(mounted.data).toMatchObject({ state: 'working', note: '正在处理…', chosen: FILE })
    await settled()
    expect(phone.seen(AVATAR)[0]?.file).toEqual({ path: FILE, name: 'file' })

    const user = { ...USER, avatarUrl: 'https://api.example.com/avatars/a' }
    answer.resolve({ status: 200, body: user })
    await settled()
    expect(mounted.data).toMatchObject({ state: 'idle', chosen: '' })
    expect(mounted.triggered).toEqual(['changed'])
    expect(mounted.details).toEqual([user])
  })

  it('keeps the chosen picture in sight while it is in review, until the decision', async () => {
    const mounted = await card()
    phone.on(AVATAR, { status: 200, body: inReview })
    choose(mounted)
    await settled()
    expect(mounted.data).toMatchObject({ state: 'in-review', chosen: FILE, note: expect.stringContaining('审核中') as string })

    give(mounted, inReview)
    expect(mounted.data.chosen).toBe(FILE)
    give(mounted, refused)
    expect(mounted.data).toMatchObject({ state: 'refused', chosen: '', note: expect.stringContaining('没有通过审核') as string })
  })

  it('offers the same upload again after a failure that may pass, whatever the page reads meanwhile', async () => {
    const mounted = await card()
    phone.on(AVATAR, OFFLINE)
    choose(mounted)
    await settled()
    give(mounted, { ...USER })
    expect(mounted.data).toMatchObject({ state: 'failed', note: '没有成功。请检查网络后再试。', again: true, chosen: FILE })
    expect(mounted.triggered).toEqual([])

    mounted.call('upload')
    await settled()
    expect(mounted.data).toMatchObject({ state: 'idle', again: false })
    expect(phone.seen(AVATAR).map((request) => request.file?.path)).toEqual([FILE, FILE])
  })

  it.each([
    ['avatar-unreadable', 400, '没有成功。请换一张图片。'],
    ['payload-too-large', 413, '没有成功。请换一张小一些的图片。'],
  ])('asks for another picture after %s', async (code, status, note) => {
    const mounted = await card()
    phone.on(AVATAR, problem(status, code, 'fix-request'))
    choose(mounted)
    await settled()

    expect(mounted.data).toMatchObject({ state: 'failed', note, again: false })
    expect(mounted.triggered).toEqual([])
  })

  it.each([
    [problem(500, 'internal-error', 'contact-operator'), false],
    [problem(401, 'session-ended', 'log-in', { reason: 'account-deleted' }), true],
  ])('leaves it to the page to show what concerns more than the picture', async (outcome, again) => {
    const mounted = await card()
    phone.on(AVATAR, outcome)
    choose(mounted)
    await settled()

    expect(mounted.data).toMatchObject({ state: 'failed', note: '没有成功。', again })
    expect(mounted.triggered).toEqual(['failed'])
    expect(mounted.details[0]).toHaveProperty('action')
  })

  it('removes the picture on the server', async () => {
    const mounted = await card({ ...USER, avatarUrl: 'https://api.example.com/avatars/a' })
    mounted.call('onRemove')
    await settled()

    expect(phone.seen('POST /v1/me')[0]?.body).toEqual({ avatarUrl: null })
    expect(mounted.details).toEqual([{ ...USER, avatarUrl: null }])
  })

  it('offers no upload again when there was none', async () => {
    const mounted = await card({ ...USER, avatarUrl: 'https://api.example.com/avatars/a' })
    phone.on('POST /v1/me', OFFLINE)
    mounted.call('onRemove')
    await settled()

    expect(mounted.data).toMatchObject({ state: 'failed', again: false })
  })

  it.each([
    [{ status: 200, body: USER }],
    [problem(500, 'internal-error', 'contact-operator')],
  ])('has nothing to say to another user about an earlier one’s upload', async (outcome) => {
    const mounted = await card()
    const late = deferred<Outcome>()
    phone.on(AVATAR, late.promise)
    choose(mounted)
    give(mounted, { ...USER, id: 'another' })
    expect(mounted.data).toMatchObject({ state: 'idle', chosen: '' })

    late.resolve(outcome)
    await settled()

    expect(mounted.data.state).toBe('idle')
    expect(mounted.triggered).toEqual([])
  })
})

describe('the phone card', () => {
  const BIND = 'POST /v1/me/phone'
  const CODE = { errMsg: 'getPhoneNumber:ok', code: 'c0ffee' }
  const taken = problem(409, 'phone-taken', 'confirm')

  async function card(user: object = USER): Promise<Mounted> {
    const mounted = await mount(phone, phoneModule)
    give(mounted, user)
    return mounted
  }

  async function tap(mounted: Mounted, detail: object): Promise<void> {
    await Promise.all([mounted.call('onPhoneNumber', { detail }), settled()])
  }

  function answerDialogs(...answers: boolean[]): ReturnType<typeof vi.fn> {
    const showModal = vi.fn(() => {
      const confirm = answers.shift() ?? false
      return Promise.resolve({ confirm, cancel: !confirm })
    })
    phone.wx.showModal = showModal
    return showModal
  }

  it('binds the number by the code of the button', async () => {
    const mounted = await card()
    await tap(mounted, { ...CODE, encryptedData: 'ZGF0YQ==', iv: 'aXY=' })

    expect(phone.seen(BIND)[0]?.body).toEqual({ code: 'c0ffee' })
    expect(mounted.data.state).toBe('idle')
    expect(mounted.details).toEqual([{ ...USER, phone: '135******66' }])
  })

  it('binds it by encrypted data where WeChat gives no code', async () => {
    const mounted = await card()
    await tap(mounted, { errMsg: 'getPhoneNumber:ok', encryptedData: 'ZGF0YQ==', iv: 'aXY=' })

    expect(phone.seen(BIND)[0]?.body).toEqual({ encryptedData: 'ZGF0YQ==', iv: 'aXY=' })
  })

  it.each([
    ['denied', { errMsg: 'getPhoneNumber:fail user deny' }],
    ['denied', { errMsg: 'getPhoneNumber:fail:user deny' }],
    ['denied', { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 103 }],
    ['no-quota', { errMsg: 'getPhoneNumber:fail', errno: 1400001 }],
    ['no-quota', { errMsg: 'getPhoneNumber:fail appid no enough quota' }],
    ['unavailable', { errMsg: 'getPhoneNumber:fail no permission' }],
    ['unavailable', { errMsg: 'getPhoneNumber:fail blocked', errno: 1421102 }],
    ['unavailable', { errMsg: 'getPhoneNumber:ok', encryptedData: 'ZGF0YQ==' }],
  ])('stays calm and sends nothing: %s for %j', async (state, detail) => {
    const mounted = await card()
    await tap(mounted, detail)

    expect(mounted.data.state).toBe(state)
    expect(mounted.data.note).not.toBe('')
    expect(mounted.triggered).toEqual([])
    expect(phone.requests).toHaveLength(0)
  })

  it('asks before it takes the number from another account, and needs a new tap for it', async () => {
    const showModal = answerDialogs(true)
    const mounted = await card()
    phone.on(BIND, taken)
    await tap(mounted, CODE)
    expect(showModal).toHaveBeenCalledTimes(1)
    expect(mounted.data).toMatchObject({ state: 'move', note: expect.stringContaining('再点一次') as string })
    expect(phone.seen(BIND)).toHaveLength(1)

    await tap(mounted, { ...CODE, code: 'facade' })

    expect(phone.seen(BIND).map((request) => request.body)).toEqual([{ code: 'c0ffee' }, { code: 'facade', move: true }])
    expect(mounted.data.state).toBe('idle')
    expect(mounted.triggered).toEqual(['changed'])
  })

  it('leaves the number where it is when the user wants that, or denies the second tap', async () => {
    answerDialogs(false, true)
    const mounted = await card()
    phone.on(BIND, taken, taken)
    await tap(mounted, CODE)
    expect(mounted.data).toMatchObject({ state: 'left', note: '号码仍属于另一个账号。' })

    await tap(mounted, CODE)
    await tap(mounted, { errMsg: 'getPhoneNumber:fail user deny' })
    await tap(mounted, CODE)

    expect(phone.seen(BIND).map((request) => request.body)).toEqual(Array(3).fill({ code: 'c0ffee' }))
  })

  it('says why it did not work, and that another tap may', async () => {
    const mounted = await card()
    phone.on(BIND, problem(400, 'code-invalid', 'new-code'))
    await tap(mounted, CODE)

    expect(mounted.data).toMatchObject({ state: 'failed', note: '没有成功。微信给的凭证已失效，再试一次就好。' })
    expect(phone.codes).toHaveLength(1)
    expect(mounted.triggered).toEqual([])
  })

  it.each(['session-key-stale', 'open-data-refused'])('logs in after %s, so that the next try is under a key that the server has', async (code) => {
    const mounted = await card()
    phone.on(BIND, problem(409, code, 'new-code'))
    await tap(mounted, { errMsg: 'getPhoneNumber:ok', encryptedData: 'ZGF0YQ==', iv: 'aXY=' })

    expect(mounted.data.state).toBe('failed')
    expect(phone.codes).toHaveLength(2)
  })

  it('says why that login did not work', async () => {
    const mounted = await card()
    phone.onLogin({ code: 'first' }, { fail: { errMsg: 'login:fail net::ERR_INTERNET_DISCONNECTED' } })
    phone.on(BIND, problem(409, 'session-key-stale', 'new-code'))
    await tap(mounted, CODE)

    expect(mounted.data.note).toBe('没有成功。请检查网络后再试。')
  })

  it('leaves it to the page to show what concerns more than the number', async () => {
    const mounted = await card()
    phone.on(BIND, problem(502, 'wechat-misconfigured', 'contact-operator'))
    await tap(mounted, CODE)

    expect(mounted.data).toMatchObject({ state: 'failed', note: '没有成功。' })
    expect(mounted.triggered).toEqual(['failed'])
    expect(mounted.details).toEqual([expect.objectContaining({ code: 'wechat-misconfigured' })])
  })

  it('unbinds the number once the user has confirmed it', async () => {
    answerDialogs(false, true)
    const mounted = await card({ ...USER, phone: '135******66' })
    await mounted.call('onUnbind')
    expect(phone.requests).toHaveLength(0)

    await mounted.call('onUnbind')

    expect(phone.seen('DELETE /v1/me/phone')).toHaveLength(1)
    expect(mounted.details).toEqual([{ ...USER, phone: null }])
  })

  it.each([
    [{ status: 200, body: USER }],
    [taken],
  ])('has nothing to say to another user about an earlier one’s number', async (outcome) => {
    const showModal = answerDialogs()
    const mounted = await card()
    const late = deferred<Outcome>()
    phone.on(BIND, late.promise)
    const first = mounted.call('onPhoneNumber', { detail: CODE })
    give(mounted, { ...USER, id: 'another' })

    late.resolve(outcome)
    await first

    expect(mounted.data.state).toBe('idle')
    expect(mounted.triggered).toEqual([])
    expect(showModal).not.toHaveBeenCalled()
  })
})
