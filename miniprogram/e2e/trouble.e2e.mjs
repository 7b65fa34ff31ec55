import { describe, expect, test } from 'vitest'
import { useScene } from './support/scene.mjs'

describe('trouble', () => {
  const scene = useScene('trouble')

  test('WeChat cuts the connection: a message, no loop, and the way back', async () => {
    const phone = await scene.newPhone()
    const wire = await scene.stack.simulator.listen()
    await scene.stack.simulator.addFault({ api: 'jscode2session', cut: true })

    await phone.tap('#log-in')
    const error = await phone.error()
    await phone.shot('trouble-1-wechat-cut')

    expect(error).toMatchObject({ action: 'new-code', code: 'wechat-timeout' })
    expect(error.text).toContain('微信没有回应')
    await expectOneLogin(phone, wire)
    expect(await phone.token()).toBeNull()

    await scene.stack.simulator.removeFaults()
    await phone.tap('#retry:not([disabled])')
    await phone.sees('#login-state[data-state="signed-in"]')
  })

  test('WeChat never answers: a message after the server gave up, and no loop', async () => {
    const phone = await scene.newPhone()
    const wire = await scene.stack.simulator.listen()
    await scene.stack.simulator.addFault({ api: 'jscode2session', hang: true })

    await phone.tap('#log-in')
    const error = await phone.error()
    await phone.shot('trouble-2-wechat-hangs')

    expect(error).toMatchObject({ action: 'new-code', code: 'wechat-timeout' })
    expect(error.text).toContain('微信没有回应')
    await expectOneLogin(phone, wire)

    await phone.tap('#retry:not([disabled])')
    await expect.poll(async () => (await wire.logins()).length, { timeout: 30_000 }).toBe(2)
  })

  test('a user whom WeChat blocks gets no second try', async () => {
    const phone = await scene.newPhone()
    const wire = await scene.stack.simulator.listen()
    await scene.stack.simulator.addFault({ api: 'jscode2session', errcode: 40226 })

    await phone.tap('#log-in')
    const error = await phone.error()
    await phone.shot('trouble-3-blocked')

    expect(error).toMatchObject({ action: 'blocked', code: 'user-blocked' })
    expect(await phone.page.isVisible('#retry')).toBe(false)
    expect((await wire.logins()).map((message) => message.status)).toEqual([403])
    expect((await phone.calls()).login).toBe(1)
  })

  test('a phone without network says so and works again with it', async () => {
    const phone = await scene.newPhone()
    const wire = await scene.stack.simulator.listen()
    await scene.stack.simulator.setOffline(true)

    await phone.tap('#log-in')
    const error = await phone.error()
    await phone.shot('trouble-4-offline')

    expect(error).toMatchObject({ action: 'wait', code: 'network-offline' })
    expect((await wire.logins()).filter((message) => message.status !== 0)).toEqual([])

    await scene.stack.simulator.setOffline(false)
    await phone.tap('#retry:not([disabled])')
    await phone.sees('#login-state[data-state="signed-in"]')
    expect(await phone.page.isVisible('#error-state')).toBe(false)
  })

  test('a signed-in phone that loses its network keeps its session', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    const token = await phone.token()
    await scene.stack.simulator.setOffline(true)

    await phone.relaunch()
    expect(await phone.error()).toMatchObject({ action: 'wait' })
    await phone.shot('trouble-5-offline-restart')
    expect(await phone.token()).toBe(token)

    await scene.stack.simulator.setOffline(false)
    await phone.tap('#retry:not([disabled])')
    await phone.sees('#login-state[data-state="signed-in"]')
    expect(await phone.token()).toBe(token)
  })
})

/** One tap, one code, one sending; and none has followed by the time the user may try again. */
async function expectOneLogin(phone, wire) {
  await phone.sees('#retry:not([disabled])')
  expect((await wire.logins()).map((message) => message.status)).toEqual([504])
  expect((await phone.calls()).login).toBe(1)
}
