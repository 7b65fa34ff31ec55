/* global window */
import { beforeEach, describe, expect, test } from 'vitest'
import { APP_ID } from './support/phone.mjs'
import { useScene } from './support/scene.mjs'
import { callServer } from './support/server.mjs'

/** So long does WeChat look at a picture: the page must be seen while it does, and the test must not take for ever. */
const CHECK_MILLIS = 2_000

describe('avatar', () => {
  const scene = useScene('avatar')

  beforeEach(() => scene.stack.simulator.changeSettings({ mediaCheckDelayMillis: CHECK_MILLIS }))

  test('an uploaded picture is shown once a push has passed it', async () => {
    const phone = await openProfile()
    const wire = await scene.stack.simulator.listen()

    await choose(phone, 'Forest')
    await phone.sees('#avatar-state[data-state="in-review"]')
    expect(await phone.page.isVisible('#avatar-chosen')).toBe(true)
    expect(await phone.page.isVisible('#avatar-image')).toBe(false)
    await phone.shot('avatar-1-in-review')
    expect(await me(phone)).toMatchObject({ avatarUrl: null, reviews: [{ field: 'avatarUrl', state: 'in-review', value: null }] })

    await expectLoaded(phone, '#avatar-image img')
    await phone.sees('#avatar-state[data-state="idle"]')
    await phone.shot('avatar-2-shown')
    expect((await me(phone)).reviews).toEqual([])
    expect((await wire.messages('POST', '/v1/me/avatar')).map((message) => message.status)).toEqual([200])
    expect((await wire.pushes()).map((message) => message.status)).toEqual([200])

    await phone.tap('text=首页 >> visible=true')
    await expectLoaded(phone, '.person img')
  })

  test('a refused picture leaves the old one in place', async () => {
    const phone = await openProfile()
    await choose(phone, 'Forest')
    await expectLoaded(phone, '#avatar-image img')
    const shown = await phone.page.getAttribute('#avatar-image img', 'src')
    await scene.stack.simulator.nextMediaVerdict(APP_ID, 'risky')

    await choose(phone, 'Night')
    await phone.sees('#avatar-state[data-state="in-review"]')
    expect(await phone.page.getAttribute('#avatar-image img', 'src')).toBe(shown)
    await phone.sees('#avatar-state[data-state="refused"]')
    await phone.shot('avatar-3-refused')

    expect(await phone.page.getAttribute('#avatar-image img', 'src')).toBe(shown)
    expect(await me(phone)).toMatchObject({ reviews: [{ field: 'avatarUrl', state: 'refused', value: null }] })
  })

  test('an upload that fails can be sent again', async () => {
    const phone = await openProfile()
    await scene.stack.simulator.setOffline(true)
    await choose(phone, 'Forest')
    await phone.sees('#avatar-state[data-state="failed"]')
    await phone.shot('avatar-4-offline')

    await scene.stack.simulator.setOffline(false)
    await phone.tap('#upload-again')
    await expectLoaded(phone, '#avatar-image img')
  })

  test('a session that ended on the server does not cost the upload', async () => {
    const phone = await openProfile()
    const token = await phone.token()
    expect((await callServer(scene.stack, token, 'DELETE', '/v1/sessions/current')).status).toBe(204)
    const wire = await scene.stack.simulator.listen()

    await choose(phone, 'Forest')
    await expectLoaded(phone, '#avatar-image img')

    expect((await wire.messages('POST', '/v1/me/avatar')).map((message) => message.status)).toEqual([401, 200])
    expect(await wire.logins()).toHaveLength(1)
  })

  test('a picture is removed', async () => {
    const phone = await openProfile()
    await choose(phone, 'Forest')
    await expectLoaded(phone, '#avatar-image img')

    await phone.tap('#remove-avatar')
    await phone.sees('#avatar-blank')
    expect((await me(phone)).avatarUrl).toBeNull()
  })

  async function openProfile() {
    const phone = await scene.newPhone()
    await phone.logIn()
    await phone.tap('#open-profile')
    await phone.sees('#avatar-button')
    return phone
  }

  async function choose(phone, picture) {
    await phone.tap('#avatar-button')
    await phone.tap(`[role="dialog"] [alt="${picture}"]`)
  }

  /** The browser has the picture itself, not only its address. */
  function expectLoaded(phone, selector) {
    return phone.page.waitForFunction((image) => {
      const found = window.document.querySelector(image)
      return found?.src.includes('/avatars/') && found.complete && found.naturalWidth > 0
    }, selector)
  }

  async function me(phone) {
    return (await callServer(scene.stack, await phone.token(), 'GET', '/v1/me')).body
  }
})
