/* global window, localStorage */
import path from 'node:path'
import { expect } from 'vitest'
import { launchChromium } from '../../tools/browser/chromium.mjs'
import { fontsReady, serveChineseFont } from '../../tools/browser/fonts.mjs'
import { SHOTS } from './folders.mjs'

export const APP_ID = 'wx1111aaaa2222bbbb'
const SCREEN = { width: 375, height: 812 }

/** A browser for one spec file; each phone in it is a context of its own, with an empty storage. */
export async function openPhoneShop() {
  const browser = await launchChromium()
  return {
    /** A new phone of `user`, whose mini program comes from `stack`. */
    async phone(stack, user) {
      await stack.simulator.addUser(user)
      const context = await browser.newContext({ viewport: SCREEN, deviceScaleFactor: 2, reducedMotion: 'reduce', locale: 'zh-CN' })
      await serveChineseFont(context)
      return new Phone(context, await context.newPage(), stack, user)
    },
    async page(viewport) {
      const context = await browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'zh-CN' })
      await serveChineseFont(context)
      return context.newPage()
    },
    close: () => browser.close(),
  }
}

/** A phone with the mini program on its screen. */
export class Phone {
  constructor(context, page, stack, user) {
    this.context = context
    this.page = page
    this.stack = stack
    this.user = user
  }

  /** Starts the mini program from nothing; also the way to restart it: only its storage survives. */
  async launch() {
    await this.page.goto(`${this.stack.server}/?bare=1&user=${this.user}&appId=${APP_ID}`)
    await this.page.waitForFunction(() => window.__sim?.started)
  }

  /** Restarts the mini program; what went wrong before is looked at first, because it is gone afterwards. */
  async relaunch() {
    await this.expectHealthy()
    await this.launch()
  }

  /** Moves the phone, storage included, to another run of the stack (other ports mean another origin for the browser). */
  async moveTo(stack) {
    await this.expectHealthy()
    const storage = await this.page.evaluate(() => Object.entries(localStorage))
    this.stack = stack
    await this.page.goto(`${stack.server}/config.json`)
    await this.page.evaluate((entries) => entries.forEach(([key, value]) => localStorage.setItem(key, value)), storage)
    await this.launch()
  }

  tap(selector) {
    return this.page.click(selector)
  }

  /** Waits until the selector is on screen. */
  sees(selector) {
    return this.page.waitForSelector(selector)
  }

  text(selector) {
    return this.page.innerText(selector)
  }

  async logIn() {
    await this.tap('#log-in')
    await this.sees('#login-state[data-state="signed-in"]')
  }

  /** The error on screen as `{action, text}`, once there is one. */
  async error() {
    const state = await this.page.waitForSelector('#error-state')
    return { action: await state.getAttribute('data-action'), code: await state.getAttribute('data-code'), text: (await state.innerText()).trim() }
  }

  /** The token as it lies in the mini program's storage. */
  async token() {
    const values = await this.page.evaluate(() => Object.values(localStorage).join('\n'))
    return values.match(/mls1_[0-9A-Za-z]{49}/)?.[0] ?? null
  }

  calls() {
    return this.page.evaluate(() => window.__sim.calls)
  }

  /** Whether WeChat says that the session_key is still good: `wx.checkSession` as the program would call it. */
  checkSession() {
    return this.page.evaluate(() => window.__sim.wx.checkSession().then(() => true, () => false))
  }

  async shot(name) {
    await fontsReady(this.page)
    await this.page.screenshot({ path: path.join(SHOTS, `${name}.png`) })
  }

  /** Nothing was thrown, and the program asked for nothing that this phone lacks. */
  async expectHealthy() {
    const { errors, missing } = await this.page.evaluate(() => ({ errors: window.__sim.errors, missing: window.__sim.missing }))
    expect(errors).toEqual([])
    expect(missing).toEqual([])
  }

  async putAway() {
    try {
      await this.expectHealthy()
    } finally {
      await this.context.close()
    }
  }
}
