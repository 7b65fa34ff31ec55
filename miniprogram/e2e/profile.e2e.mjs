/* global window */
import { describe, expect, test } from 'vitest'
import { useScene } from './support/scene.mjs'

describe('profile', () => {
  const scene = useScene('profile')

  test('what the user saved is there after a restart of the mini program and of the whole stack', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    await phone.tap('#open-profile')
    await fillProfile(phone)
    await phone.shot('profile-1-filled')
    await phone.tap('#save')
    await phone.sees('#saved-state[data-state="saved"]')
    await phone.shot('profile-2-saved')
    await expectProfile(phone)

    await phone.relaunch()
    await phone.sees('#login-state[data-state="signed-in"]')
    expect(await phone.text('#home-nickname')).toBe('小明')
    await phone.tap('#open-profile')
    await expectProfile(phone)

    await phone.moveTo(await scene.restart())
    const wire = await scene.stack.simulator.listen()
    await phone.sees('#login-state[data-state="signed-in"]')
    expect(await phone.text('#home-nickname')).toBe('小明')
    await phone.tap('#open-profile')
    await expectProfile(phone)
    await phone.shot('profile-3-after-restart')
    expect(await wire.logins()).toEqual([])
  })

  test('a nickname that WeChat finds risky is refused, and the old one stays', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    await phone.tap('#open-profile')
    await phone.page.fill('#nickname input', '小明')
    await phone.tap('#save')
    await phone.sees('#saved-state[data-state="saved"]')

    await phone.page.fill('#nickname input', '违规的小明')
    await phone.tap('#save')
    await phone.sees('#saved-state[data-state="refused"]')
    await phone.shot('profile-4-nickname-refused')

    expect(await phone.text('#nickname-note')).toContain('没有通过审核')
    expect(await phone.page.inputValue('#nickname input')).toBe('小明')
    await phone.tap('.phone-tab:has-text("首页") >> visible=true')
    await phone.sees('#home-nickname:has-text("小明")')
  })

  test('a nickname that WeChat cannot be asked about stays in review', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    await phone.tap('#open-profile')
    await phone.sees('#save')
    await scene.stack.simulator.addFault({ api: 'msg_sec_check', errcode: -1 })

    await phone.page.fill('#nickname input', '小红')
    await phone.tap('#save')
    await phone.sees('#nickname-note')
    expect(await phone.text('#nickname-note')).toContain('“小红”审核中')
    expect(await phone.page.inputValue('#nickname input')).toBe('')
    await phone.shot('profile-5-nickname-in-review')
  })
})

async function fillProfile(phone) {
  await phone.tap('#avatar-button')
  await phone.tap('[role="dialog"] [alt="Forest"]')
  await phone.sees('#avatar-image')
  await phone.page.waitForFunction(() => window.document.querySelector('#avatar-image img').naturalWidth > 0)
  await phone.page.fill('#nickname input', '小明')
  await phone.tap('#gender')
  await phone.tap('[role="option"]:nth-child(3)')
  await phone.tap('.phone-picker-confirm')
  await phone.tap('#region')
  await phone.tap('[role="option"]:has-text("广东省")')
  await phone.tap('[role="option"]:has-text("深圳市")')
  await phone.tap('.phone-picker-confirm')
}

async function expectProfile(phone) {
  await phone.sees('#save')
  expect(await phone.page.inputValue('#nickname input')).toBe('小明')
  expect(await phone.text('#gender')).toBe('女')
  expect(await phone.text('#region')).toContain('广东省 深圳市')
  expect(await phone.page.getAttribute('#avatar-image img', 'src')).toMatch(/\/avatars\/[\w-]+$/)
}
