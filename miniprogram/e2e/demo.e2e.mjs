/* global getComputedStyle */
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { fontsReady } from '../tools/browser/fonts.mjs'
import { SHOTS } from './support/folders.mjs'
import { useScene } from './support/scene.mjs'

const WIDE = { width: 1400, height: 900 }

describe('demo page', () => {
  const scene = useScene('demo')

  test('shows the log-in on the wire, with its secrets masked', async () => {
    const page = await scene.shop.page(WIDE)
    await page.goto(`${scene.stack.server}/`)
    const phone = page.frameLocator('iframe')
    await phone.locator('#log-in').click()
    await phone.locator('#login-state[data-state="signed-in"]').waitFor()
    await page.locator('.live[data-state="live"]').waitFor()

    await page.locator('.row:has-text("/v1/sessions")').waitFor()
    const rows = await page.locator('.row').allInnerTexts()
    const order = ['wx.login', '/v1/sessions', '/sns/jscode2session'].map((text) => rows.findIndex((row) => row.includes(text)))
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((one, other) => one - other))
    await page.locator('.row:has-text("/v1/sessions") summary').first().click()
    await fontsReady(page)
    await page.screenshot({ path: path.join(SHOTS, 'demo-1-log-in.png') })
    const shown = await page.locator('.wire').innerText()
    expect(shown).toMatch(/"token": "mls1…\(54\)"/)
    expect(shown).not.toMatch(/mls1_[0-9A-Za-z]{8}/)
    await page.context().close()
  })

  test('its controls reach the phone and the simulator', async () => {
    const page = await scene.shop.page(WIDE)
    await page.goto(`${scene.stack.server}/`)
    const phone = page.frameLocator('iframe')
    await page.locator('.segments label:has-text("bob")').click()
    await phone.locator('#login-state[data-state="signed-out"]').waitFor()

    await page.locator('label:has(#wechat-down)').click()
    await phone.locator('#log-in').click()
    await phone.locator('#error-state').waitFor()
    await fontsReady(page)
    await page.screenshot({ path: path.join(SHOTS, 'demo-2-wechat-down.png') })
    await page.locator('label:has(#wechat-down)').click()

    await page.locator('#clear-storage').click()
    await phone.locator('#log-in').click()
    await phone.locator('#login-state[data-state="signed-in"]').waitFor()
    await page.locator('#relaunch').click()
    await phone.locator('#login-state[data-state="signed-in"]').waitFor()
    await page.context().close()
  })

  test('shows what WeChat pushes to the server, from right to left', async () => {
    const page = await scene.shop.page(WIDE)
    await page.goto(`${scene.stack.server}/`)
    const phone = page.frameLocator('iframe')
    await page.locator('.segments label:has-text("carol")').click()
    await phone.locator('#log-in').click()
    await phone.locator('#open-profile').click()
    await phone.locator('#avatar-button').click()
    await phone.locator('[role="dialog"] [alt="Night"]').click()

    const push = page.locator('.row.hop-push:has-text("/wechat/push/")')
    await push.waitFor()
    await phone.locator('#avatar-image').waitFor()
    expect(await push.locator('.status').innerText()).toBe('200')
    await push.locator('summary').click()
    await fontsReady(page)
    await page.screenshot({ path: path.join(SHOTS, 'demo-3-push.png') })
    const colour = (row) => page.locator(`${row} .arrow`).first().evaluate((arrow) => getComputedStyle(arrow).backgroundColor)
    const lane = async (row) => (await page.locator(`${row} summary`).first().boundingBox()).x
    expect(await lane('.hop-push')).toBe(await lane('.hop-wechat'))
    expect(await colour('.hop-push')).not.toBe(await colour('.hop-wechat'))
    await page.context().close()
  })

  test('its links lead somewhere', async () => {
    const page = await scene.shop.page(WIDE)
    await page.goto(`${scene.stack.server}/`)
    await page.locator('.controls').waitFor()
    const links = await page.locator('.controls a').evaluateAll((anchors) => anchors.map((anchor) => anchor.href))
    expect(links).toHaveLength(2)
    for (const link of links) expect((await fetch(link)).status, link).toBe(200)
    await page.context().close()
  })
})
