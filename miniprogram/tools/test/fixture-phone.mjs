/* global window */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { launchChromium } from '../browser/chromium.mjs'
import { pack } from '../pack/pack.mjs'
import { serve } from './static-server.mjs'

/** Nobody listens there: a test that needs the simulator plays it with {@link useFixturePhone}'s `playSimulator`. */
const SIMULATOR = 'http://127.0.0.1:9'

/** What the served config.json says. */
export const CONFIG = { simulator: SIMULATOR, appId: 'wx0000000000000000', user: 'ann', envVersion: 'trial', hosts: { 'http://localhost:8080': 'http://127.0.0.1:7' } }

/**
 * Packs the fixture and opens it in Chromium, in a fresh context for each test of the file; after each test nothing may
 * have been thrown. The returned object acts on the page of the running test.
 */
export function useFixturePhone() {
  let dist
  let server
  let browser
  let page

  beforeAll(async () => {
    dist = mkdtempSync(path.join(tmpdir(), 'mini-login-fixture-'))
    await pack(path.resolve(import.meta.dirname, '../fixture'), dist)
    server = await serve(dist, CONFIG)
    browser = await launchChromium()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(dist, { recursive: true, force: true })
  })

  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 375, height: 812 }, reducedMotion: 'reduce', locale: 'en-US' })
    page = await context.newPage()
    page.setDefaultTimeout(5_000)
    await phone.open()
  })

  afterEach(async () => {
    expect(await page.evaluate(() => window.__sim.errors)).toEqual([])
    await page.context().close()
  })

  const phone = {
    get page() {
      return page
    },
    /** Starts the fixture anew, as `user`. */
    async open(user = CONFIG.user) {
      await page.goto(`${server.url}/?bare=1&user=${user}`)
      await page.waitForFunction(() => window.__sim?.started)
    },
    text: (selector) => page.innerText(selector),
    tap: (selector) => page.click(selector),
    run: (script, argument) => page.evaluate(script, argument),
    /** Answers the simulator's `/client/…` calls; returns the list of what was asked, which grows. */
    async playSimulator(answer) {
      const asked = []
      await page.unroute(`${SIMULATOR}/**`)
      await page.route(`${SIMULATOR}/**`, async (route) => {
        const call = { path: new URL(route.request().url()).pathname, body: route.request().postDataJSON() }
        asked.push(call)
        await route.fulfill({ json: await answer(call), headers: { 'access-control-allow-origin': '*' } })
      })
      return asked
    },
  }
  return phone
}
