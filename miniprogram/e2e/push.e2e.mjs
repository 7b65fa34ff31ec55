import { describe, expect, test } from 'vitest'
import { APP_ID } from './support/phone.mjs'
import { useScene } from './support/scene.mjs'
import { callServer } from './support/server.mjs'

const PHONE_NUMBER = '8'

describe('what WeChat pushes', () => {
  const scene = useScene('push')

  test('a withdrawn phone number is gone', async () => {
    const phone = await openProfile()
    await phone.tap('#bind-phone')
    await phone.tap('role=dialog >> text="允许"')
    await phone.sees('#phone')

    await scene.stack.simulator.push(APP_ID, 'user_authorization_revoke', phone.user, { revokeInfo: PHONE_NUMBER })
    await expect.poll(async () => (await me(phone)).body.phone, { timeout: 10_000 }).toBeNull()
    await phone.relaunch()
    await phone.sees('#login-state[data-state="signed-in"]')
    await phone.tap('#open-profile')

    await phone.sees('#no-phone')
    expect(await phone.page.isVisible('#profile-cleared')).toBe(false)
  })

  test('a profile that WeChat cleaned is cleared, and the user is told', async () => {
    const phone = await openProfile()
    await phone.page.fill('#nickname input', '小明')
    await phone.tap('#save')
    await phone.sees('#saved-state[data-state="saved"]')

    await scene.stack.simulator.push(APP_ID, 'user_info_modified', phone.user)
    await expect.poll(async () => (await me(phone)).body.nickname, { timeout: 10_000 }).toBeNull()
    await phone.relaunch()
    await phone.sees('#login-state[data-state="signed-in"]')
    await phone.tap('#open-profile')
    await phone.sees('#profile-cleared')
    await phone.shot('push-1-profile-cleared')
    expect(await phone.page.inputValue('#nickname input')).toBe('')

    await phone.page.fill('#nickname input', '小红')
    await phone.tap('#save')
    await phone.sees('#saved-state[data-state="saved"]')
    expect(await phone.page.isVisible('#profile-cleared')).toBe(false)
  })

  test('a closed WeChat account is signed out with its reason, and the next log-in makes a new user', async () => {
    const phone = await openProfile()
    const before = (await me(phone)).body.id

    await scene.stack.simulator.push(APP_ID, 'user_authorization_cancellation', phone.user)
    await expect.poll(async () => (await me(phone)).status, { timeout: 10_000 }).toBe(401)
    const wire = await scene.stack.simulator.listen()
    await phone.tap('.phone-tab:has-text("首页") >> visible=true')
    const error = await phone.error()
    await phone.shot('push-2-account-deleted')

    expect(error).toMatchObject({ action: 'log-in', code: 'session-ended' })
    expect(error.text).toContain('这个账号已注销')
    expect(await phone.page.isVisible('#login-state[data-state="signed-out"]')).toBe(true)
    expect(await wire.logins()).toEqual([])
    expect(await phone.token()).toBeNull()

    await phone.tap('#retry:not([disabled])')
    await phone.sees('#login-state[data-state="signed-in"]')
    const [login] = await wire.logins()
    expect(JSON.parse(login.responseBody)).toMatchObject({ newUser: true })
    expect(await phone.text('#user-id')).not.toContain(before)
  })

  async function openProfile() {
    const phone = await scene.newPhone()
    await phone.logIn()
    await phone.tap('#open-profile')
    await phone.sees('#no-phone')
    return phone
  }

  async function me(phone) {
    return callServer(scene.stack, await phone.token(), 'GET', '/v1/me')
  }
})
