/* global window */
import { describe, expect, test } from 'vitest'
import { APP_ID } from './support/phone.mjs'
import { useScene } from './support/scene.mjs'
import { callServer } from './support/server.mjs'

describe('log in', () => {
  const scene = useScene('login')

  test('the first log-in makes a user with one code and one exchange', async () => {
    const phone = await scene.newPhone()
    const wire = await scene.stack.simulator.listen()
    await phone.sees('#login-state[data-state="signed-out"]')
    await phone.shot('login-1-guest')

    await phone.logIn()
    await phone.shot('login-2-signed-in')

    const [login, ...others] = await wire.logins()
    expect(others).toEqual([])
    expect(login.status).toBe(201)
    expect(JSON.parse(login.responseBody)).toMatchObject({ tokenType: 'Bearer', newUser: true })
    expect(await wire.exchanges()).toHaveLength(1)
    expect((await phone.calls()).login).toBe(1)
    const token = await phone.token()
    const session = await callServer(scene.stack, token, 'GET', '/v1/sessions/current')
    expect(session).toMatchObject({ status: 200, body: { appId: APP_ID, current: true } })
    expect(await phone.text('#user-id')).toContain(session.body.user.id)
    expect(JSON.stringify(await wire.read())).not.toContain(token)
  })

  test('opening the mini program again needs no new log-in', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    const wire = await scene.stack.simulator.listen()

    await phone.relaunch()
    await phone.sees('#login-state[data-state="signed-in"]')

    expect(await phone.calls()).not.toHaveProperty('login')
    expect(await wire.logins()).toEqual([])
    expect(await wire.messages('GET', '/v1/me')).toHaveLength(1)
  })

  test('coming back from the background needs no new log-in', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    const wire = await scene.stack.simulator.listen()

    await phone.page.evaluate(() => {
      window.__sim.hide()
      window.__sim.show()
    })
    await expect.poll(() => wire.messages('GET', '/v1/me')).toHaveLength(1)

    await phone.sees('#login-state[data-state="signed-in"]')
    expect(await wire.logins()).toEqual([])
  })

  test('an expired session_key does not end the session, and the next log-in brings a new key', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    expect(await phone.checkSession()).toBe(true)

    await scene.stack.simulator.expireSessionKey(APP_ID, phone.user)
    expect(await phone.checkSession()).toBe(false)
    const wire = await scene.stack.simulator.listen()
    await phone.relaunch()
    await phone.sees('#login-state[data-state="signed-in"]')
    expect(await wire.logins()).toEqual([])

    await phone.tap('#log-out')
    await phone.sees('#login-state[data-state="signed-out"]')
    await phone.logIn()
    expect(await phone.checkSession()).toBe(true)
  })

  test('a session that ended on the server is replaced without the user noticing', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    const userId = await phone.text('#user-id')
    const oldToken = await phone.token()
    expect((await callServer(scene.stack, oldToken, 'DELETE', '/v1/sessions/current')).status).toBe(204)
    const wire = await scene.stack.simulator.listen()

    await phone.relaunch()
    await phone.sees('#login-state[data-state="signed-in"]')

    expect(await phone.text('#user-id')).toBe(userId)
    expect(await phone.page.isVisible('#error-state')).toBe(false)
    expect((await wire.messages('GET', '/v1/me')).map((message) => message.status)).toEqual([401, 200])
    expect((await wire.logins()).map((message) => message.status)).toEqual([201])
    expect(await phone.token()).not.toBe(oldToken)
  })

  test('twenty requests at a cold start share one log-in', async () => {
    const phone = await scene.newPhone()
    const wire = await scene.stack.simulator.listen()

    await phone.tap('#load-20')
    await phone.sees('#load-20-result[data-state="done"]')
    await phone.sees('#login-state[data-state="signed-in"]')
    await phone.page.locator('#load-20-result').scrollIntoViewIfNeeded()
    await phone.shot('login-3-twenty-requests')

    expect((await phone.calls()).login).toBe(1)
    expect(await wire.logins()).toHaveLength(1)
    expect(await wire.exchanges()).toHaveLength(1)
    const answers = await wire.messages('GET', '/v1/me')
    expect(answers.length).toBeGreaterThanOrEqual(20)
    expect(answers.map((message) => message.status)).toEqual(answers.map(() => 200))
  })

  test('logging out ends the session on the server and stays so after a restart', async () => {
    const phone = await scene.newPhone()
    await phone.logIn()
    const token = await phone.token()

    await phone.tap('#log-out')
    await phone.sees('#login-state[data-state="signed-out"]')

    expect(await phone.token()).toBeNull()
    const refused = await callServer(scene.stack, token, 'GET', '/v1/me')
    expect(refused).toMatchObject({ status: 401, body: { code: 'session-ended', action: 'log-in', reason: 'signed-out' } })
    await phone.relaunch()
    await phone.sees('#login-state[data-state="signed-out"]')
  })
})
