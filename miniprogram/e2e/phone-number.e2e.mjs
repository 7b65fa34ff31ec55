import { afterEach, describe, expect, test } from 'vitest'
import { useScene } from './support/scene.mjs'

const ALLOW = 'role=dialog >> text="允许"'
const REFUSE = 'role=dialog >> text="不允许"'

describe('phone number', () => {
  const scene = useScene('phone')

  afterEach(() => scene.stack.simulator.changeSettings({ phoneQuotaExhausted: false }))

  test('is bound, shown masked, and unbound', async () => {
    const phone = await openProfile('13800001234')
    const wire = await scene.stack.simulator.listen()
    await phone.page.locator('#bind-phone').scrollIntoViewIfNeeded()
    await phone.shot('phone-1-none')

    await phone.tap('#bind-phone')
    await phone.shot('phone-2-asked')
    await phone.tap(ALLOW)
    await phone.sees('#phone')
    expect(await phone.text('#phone')).toMatch(/^138\*+34$/)
    await phone.shot('phone-3-bound')
    expect(await wire.messages('POST', '/wxa/business/getuserphonenumber')).toHaveLength(1)
    expect(JSON.stringify(await wire.read())).not.toContain('13800001234')

    await phone.relaunch()
    await phone.sees('#login-state[data-state="signed-in"]')
    await phone.tap('#open-profile')
    await phone.sees('#phone')

    await phone.tap('#unbind-phone')
    await phone.shot('phone-4-unbind')
    await phone.tap('role=dialog >> text="解除"')
    await phone.sees('#no-phone')
  })

  test('a user who denies it loses nothing', async () => {
    const phone = await openProfile('13800002345')
    const wire = await scene.stack.simulator.listen()

    await phone.tap('#bind-phone')
    await phone.tap(REFUSE)
    await phone.sees('#phone-state[data-state="denied"]')
    await phone.page.locator('#phone-state').scrollIntoViewIfNeeded()
    await phone.shot('phone-5-denied')

    expect(await phone.page.isVisible('#error-state')).toBe(false)
    expect(await wire.messages('POST', '/v1/me/phone')).toEqual([])
    await phone.tap('#bind-phone')
    await phone.tap(ALLOW)
    await phone.sees('#phone')
  })

  test('a mini program without quota says so', async () => {
    const phone = await openProfile('13800003456')
    await scene.stack.simulator.changeSettings({ phoneQuotaExhausted: true })

    await phone.tap('#bind-phone')
    await phone.sees('#phone-state[data-state="no-quota"]')
    await phone.page.locator('#phone-state').scrollIntoViewIfNeeded()
    await phone.shot('phone-6-no-quota')
    expect(await phone.page.isVisible('#error-state')).toBe(false)
  })

  test('a number of another account is moved when the user wants it, and not before', async () => {
    const bob = await openProfile('13800004567')
    await bob.tap('#bind-phone')
    await bob.tap(ALLOW)
    await bob.sees('#phone')
    const alice = await openProfile('13800004567')

    await alice.tap('#bind-phone')
    await alice.tap(ALLOW)
    await alice.sees('role=dialog >> text=号码已绑定其他账号')
    await alice.shot('phone-7-taken')
    await alice.tap('role=dialog >> text="不改"')
    await alice.sees('#phone-state[data-state="left"]')
    await refresh(bob)
    await bob.sees('#phone')

    await alice.tap('#bind-phone')
    await alice.tap(ALLOW)
    await alice.tap('role=dialog >> text="改绑"')
    await alice.sees('#phone-state[data-state="move"]')
    await alice.page.locator('#phone-state').scrollIntoViewIfNeeded()
    await alice.shot('phone-8-move')
    await alice.tap('#bind-phone')
    await alice.tap(ALLOW)
    await alice.sees('#phone')
    await refresh(bob)
    await bob.sees('#no-phone')
  })

  async function openProfile(number) {
    const phone = await scene.newPhone()
    await scene.stack.simulator.addUser(phone.user, { phone: number })
    await phone.logIn()
    await phone.tap('#open-profile')
    await phone.sees('#no-phone')
    return phone
  }

  /** Leaves the page and comes back, so that it asks the server. */
  async function refresh(phone) {
    await phone.tap('.phone-tab:has-text("首页") >> visible=true')
    await phone.sees('#login-state[data-state="signed-in"]')
    const wire = await scene.stack.simulator.listen()
    await phone.tap('#open-profile')
    await expect.poll(() => wire.messages('GET', '/v1/me')).toHaveLength(1)
  }
})
