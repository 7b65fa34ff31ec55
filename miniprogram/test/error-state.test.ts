import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { describeError } from '../miniprogram/components/error-state/describe'
import { en } from '../miniprogram/i18n/en'
import { zhCN } from '../miniprogram/i18n/zh-CN'
import { ACTIONS, MiniLoginError, type Action } from '../miniprogram/lib/mini-login-client/index'
import { errorView, type ErrorView } from '../miniprogram/services/error-view'
import { mount, type Mounted } from './support/page'
import { Phone } from './support/phone'

const RETRY_ACTIONS: readonly Action[] = ['log-in', 'new-code', 'wait']

function view(parts: Partial<ErrorView> = {}): ErrorView {
  return { code: 'internal-error', action: 'contact-operator', reason: '', retryAfter: 0, traceId: '', ...parts }
}

describe('the words for an error', () => {
  it.each(ACTIONS)('exist for %s in both languages, with the way on', (action) => {
    const chinese = describeError(view({ action }), zhCN.errors)
    const english = describeError(view({ action }), en.errors)

    for (const description of [chinese, english]) {
      expect(description.title).not.toBe('')
      expect(description.text).not.toBe('')
      expect(description.label).not.toBe('')
      expect(description.button).toBe(RETRY_ACTIONS.includes(action) ? 'retry' : 'contact')
    }
    expect(chinese.title).not.toBe(english.title)
  })

  it('differ for every action', () => {
    const titles = ACTIONS.map((action) => describeError(view({ action }), en.errors).title)
    expect(new Set(titles).size).toBe(ACTIONS.length)
  })

  it.each(['network-offline', 'network-timeout', 'network-lost'])('are those of the network for %s', (code) => {
    const description = describeError(view({ code, action: 'wait' }), en.errors)

    expect(description.title).not.toBe(en.errors.actions.wait.title)
    expect(description.button).toBe('retry')
  })

  it.each([
    ['wechat-timeout', 'new-code'],
    ['wechat-invalid-answer', 'new-code'],
    ['wx-login-timeout', 'wait'],
  ] as const)('name WeChat, not an expired code, for %s', (code, action) => {
    const chinese = describeError(view({ code, action }), zhCN.errors)
    const english = describeError(view({ code, action }), en.errors)

    expect(chinese.title).toContain('微信')
    expect(english.title).toContain('WeChat')
    expect(english.text).not.toMatch(/code/)
    expect([chinese.button, english.button]).toEqual(['retry', 'retry'])
    expect(english.label).toBe('Try again')
  })

  it('tell why a session ended', () => {
    for (const reason of ['idle', 'expired', 'replaced', 'revoked', 'signed-out', 'user-suspended', 'account-deleted', 'app-disabled']) {
      const description = describeError(view({ code: 'session-ended', action: 'log-in', reason }), en.errors)
      expect(description.text).toBe(`${en.errors.ended[reason as keyof typeof en.errors.ended]} ${en.errors.actions['log-in'].text}`)
    }
    expect(describeError(view({ action: 'log-in', reason: 'toString' }), en.errors).text).toBe(en.errors.actions['log-in'].text)
  })

  it('give the reference for the operator', () => {
    expect(describeError(view({ traceId: 'abc' }), en.errors).reference).toBe('Reference abc')
    expect(describeError(view(), en.errors).reference).toBe('')
    expect(describeError(view({ action: 'wait', traceId: 'abc' }), en.errors).reference).toBe('')
  })
})

describe('an error as page data', () => {
  it('is plain', () => {
    const error = new MiniLoginError({ code: 'session-ended', action: 'log-in', message: 'm', reason: 'idle', retryAfter: 4, traceId: 't' })
    expect(errorView(error)).toEqual({ code: 'session-ended', action: 'log-in', reason: 'idle', retryAfter: 4, traceId: 't' })
    expect(errorView(new MiniLoginError({ code: 'overloaded', action: 'wait', message: 'm' }))).toEqual({
      code: 'overloaded',
      action: 'wait',
      reason: '',
      retryAfter: 0,
      traceId: '',
    })
  })

  it('sends whatever else was thrown to the operator', () => {
    expect(errorView(new TypeError('x'))).toMatchObject({ code: 'unexpected', action: 'contact-operator' })
  })
})

describe('the component', () => {
  let phone: Phone
  let component: Mounted

  beforeEach(async () => {
    vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00Z') })
    phone = new Phone()
    phone.language = 'en'
    component = await mount(phone, () => import('../miniprogram/components/error-state/error-state'))
  })

  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('shows nothing without an error', () => {
    component.call('error', null)

    expect(component.data.description).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('counts down before another try, and not by itself tries', () => {
    component.call('error', view({ code: 'wechat-busy', action: 'wait', retryAfter: 3 }))
    expect(component.data).toMatchObject({ waiting: true, label: 'Try again in 3 s' })

    component.call('onRetry')
    expect(component.triggered).toEqual([])

    vi.advanceTimersByTime(1000)
    expect(component.data.label).toBe('Try again in 2 s')
    vi.advanceTimersByTime(2000)
    expect(component.data).toMatchObject({ waiting: false, label: 'Try again' })
    expect(component.triggered).toEqual([])
    expect(vi.getTimerCount()).toBe(0)

    component.call('onRetry')
    expect(component.triggered).toEqual(['retry'])
  })

  it('offers another try at once when nobody said how long to wait', () => {
    component.call('error', view({ code: 'network-offline', action: 'wait' }))

    expect(component.data).toMatchObject({ waiting: false, label: 'Try again' })
  })

  it.each([
    ['another error takes its place', 'error', [view()]],
    ['the error is gone', 'error', [null]],
    ['it is detached', 'detached', []],
  ])('stops counting when %s', (_, member, args) => {
    component.call('error', view({ action: 'wait', retryAfter: 30 }))
    component.call(member, ...args)

    expect(vi.getTimerCount()).toBe(0)
  })
})
