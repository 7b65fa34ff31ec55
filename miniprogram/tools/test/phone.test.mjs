/* global window, document */
import { describe, expect, test } from 'vitest'
import { CONFIG, useFixturePhone } from './fixture-phone.mjs'

const phone = useFixturePhone()

describe('pages and lifecycle', () => {
  const history = () => phone.page.evaluate(() => document.querySelector('wx-page').__wxElement.getMethodCaller().history())

  test('the functions are called in the order of WeChat', async () => {
    await expect.poll(history).toContain('index onReady')
    await phone.tap('#link')
    expect(await phone.text('#query')).toBe('link 你')
    expect(await phone.page.locator('.phone-title >> visible=true').innerText()).toBe('Second from link')
    await phone.tap('.phone-back')
    await phone.page.evaluate(() => {
      window.__sim.hide()
      window.__sim.show()
    })
    expect(await history()).toEqual([
      'App onLaunch', 'App onShow', 'index onLoad', 'index onShow', 'index onReady', 'index onHide', 'second onLoad', 'second onUnload',
      'index onShow', 'index onHide', 'App onHide', 'App onShow', 'index onShow',
    ])
  })

  test('a tab keeps its state', async () => {
    await phone.tap('text=More')
    await phone.tap('.phone-tab:has-text("设置")')
    expect(await phone.text('#tab')).toBe('Tab 1')
    await phone.tap('.phone-tab:has-text("首页") >> visible=true')
    expect(await phone.text('#card-said')).toBe('first 4')
    await phone.tap('.phone-tab:has-text("设置") >> visible=true')
    expect(await phone.text('#tab')).toBe('Tab 2')
  })

  test('ways that WeChat refuses fail with its words', async () => {
    const messages = await phone.run(async () => {
      const { wx } = window.__sim
      const message = (attempt) => attempt.then(() => 'no failure', (failure) => failure.errMsg)
      return [
        await message(wx.navigateTo({ url: '/pages/tab/tab' })),
        await message(wx.navigateTo({ url: '/pages/none/none' })),
        await message(wx.switchTab({ url: '/pages/second/second' })),
        await message(wx.navigateBack()),
      ]
    })
    expect(messages).toEqual([
      'navigateTo:fail can not navigateTo a tabbar page',
      'navigateTo:fail page "pages/none/none" is not found',
      'switchTab:fail can not switch to no-tabBar page',
      'navigateBack:fail cannot navigate back at first page.',
    ])
  })

  test('redirectTo and reLaunch close what was there', async () => {
    await phone.run(() => window.__sim.wx.navigateTo({ url: '/pages/second/second?from=one' }))
    await phone.run(() => window.__sim.wx.redirectTo({ url: '/pages/second/second?from=two' }))
    expect(await phone.page.locator('#query').allInnerTexts()).toEqual(['two'])
    await phone.run(() => window.__sim.wx.reLaunch({ url: '/pages/tab/tab' }))
    expect(await phone.page.locator('.phone-page').count()).toBe(1)
    expect(await phone.text('#tab')).toBe('Tab 1')
  })
})

describe('wx', () => {
  test('the program does not see the browser', async () => {
    await phone.tap('#link')
    await phone.tap('#globals')
    expect(await phone.text('#found')).toBe('undefined')
  })

  test('an unknown member is noted', async () => {
    await phone.run(() => window.__sim.wx.scanCode)
    expect(await phone.page.evaluate(() => window.__sim.missing)).toEqual(['scanCode'])
  })

  test('request refuses PATCH without asking anybody', async () => {
    const asked = await phone.playSimulator(() => ({}))
    await phone.tap('#link')
    await phone.tap('#patch')
    await expect.poll(() => phone.text('#patched')).toBe('request:fail invalid method')
    expect(asked).toEqual([])
  })

  test('request goes through the simulator, with the hosts file applied', async () => {
    const asked = await phone.playSimulator(() => ({ statusCode: 201, header: { 'X-A': 'b' }, data: '{"ok":true}' }))
    const answer = await phone.run(() => new Promise((success) => {
      window.__sim.wx.request({ url: 'http://localhost:8080/v1/x', method: 'POST', data: { a: 1 }, header: { Authorization: 'Bearer t', Referer: 'mine' }, success })
    }))
    expect(answer).toMatchObject({ statusCode: 201, data: { ok: true }, header: { 'X-A': 'b' }, errMsg: 'request:ok' })
    expect(asked).toEqual([{ path: '/client/request', body: {
      appId: CONFIG.appId, envVersion: 'trial', url: 'http://127.0.0.1:7/v1/x', method: 'POST', data: '{"a":1}', timeout: 60000,
      header: { 'content-type': 'application/json', authorization: 'Bearer t' },
    } }])
  })

  test('ten requests at a time, and an aborted one fails', async () => {
    let release
    const held = new Promise((resolve) => { release = resolve })
    const asked = await phone.playSimulator(async () => {
      await held
      return { statusCode: 200, header: {}, data: '' }
    })
    await phone.run(() => {
      window.answers = []
      const tasks = Array.from({ length: 12 }, () => window.__sim.wx.request({ url: 'http://localhost:8080/', complete: (answer) => window.answers.push(answer.errMsg) }))
      tasks[11].abort()
    })
    await expect.poll(() => asked.length).toBe(10)
    release()
    await phone.page.waitForFunction(() => window.answers.length === 12)
    const answers = await phone.page.evaluate(() => window.answers)
    expect(answers.filter((message) => message === 'request:fail abort')).toHaveLength(1)
    expect(asked).toHaveLength(11)
  })

  test('uploadFile sends a file of the phone through the simulator, and its answer stays text', async () => {
    const asked = await phone.playSimulator(() => ({ statusCode: 200, header: {}, data: '{"ok":true}' }))
    await phone.tap('#avatar')
    await phone.tap('[alt="Night"]')
    await phone.page.waitForSelector('#picture img[src^="data:image/png"]')
    const { filePath, shown } = await phone.run(() => ({
      filePath: document.querySelector('#picture').__wxElement.data.src,
      shown: document.querySelector('#picture img').src,
    }))
    const upload = (options) => phone.run((given) => new Promise((complete) => {
      window.__sim.wx.uploadFile({ url: 'http://localhost:8080/v1/x', name: 'file', ...given, complete })
    }), options)

    const answer = await upload({ filePath, header: { Authorization: 'Bearer t', 'Content-Type': 'mine', Referer: 'mine' }, formData: { a: '1' }, timeout: 7000 })

    expect(answer).toEqual({ statusCode: 200, data: '{"ok":true}', errMsg: 'uploadFile:ok' })
    expect(asked).toEqual([{ path: '/client/upload', body: {
      appId: CONFIG.appId, envVersion: 'trial', url: 'http://127.0.0.1:7/v1/x', header: { authorization: 'Bearer t' }, name: 'file',
      fileName: filePath.slice('http://tmp/'.length), contentType: 'image/png', base64: shown.slice('data:image/png;base64,'.length),
      formData: { a: '1' }, timeout: 7000,
    } }])
    expect((await upload({ filePath: 'http://tmp/none.png' })).errMsg).toBe('uploadFile:fail file not found: http://tmp/none.png')
    expect((await upload({ filePath, name: '' })).errMsg).toMatch(/^uploadFile:fail parameter error/)
    await phone.playSimulator(() => ({ errno: 5, errMsg: 'uploadFile:fail timeout' }))
    expect(await upload({ filePath })).toEqual({ errno: 5, errMsg: 'uploadFile:fail timeout' })
    expect(asked).toHaveLength(1)
  })

  test('images go through the hosts file', async () => {
    const show = (src) => phone.run((given) => {
      document.querySelector('#picture').__wxElement.setData({ src: given })
      return document.querySelector('#picture img').getAttribute('src')
    }, src)
    expect(await show('http://localhost:8080/avatars/a')).toBe('http://127.0.0.1:7/avatars/a')
    expect(await show('http://localhost:80801/avatars/a')).toBe('http://localhost:80801/avatars/a')
  })

  test('a dialog’s buttons have four characters at most', async () => {
    expect(await phone.run(() => window.__sim.wx.showModal({ confirmText: 'Remove' }).catch((failure) => failure.errMsg))).toBe('showModal:fail confirmText length should not larger than 4 Chinese characters')
  })

  test('login and checkSession pass on what the phone says', async () => {
    let valid = true
    await phone.playSimulator(({ path: called }) => (called === '/client/login' ? { code: 'c1' } : { valid }))
    const login = () => phone.run(() => new Promise((complete) => { window.__sim.wx.login({ complete }) }))
    const check = () => phone.run(() => window.__sim.wx.checkSession().then((answer) => answer.errMsg, (failure) => failure.errMsg))
    expect(await login()).toEqual({ code: 'c1', errMsg: 'login:ok' })
    expect(await check()).toBe('checkSession:ok')
    valid = false
    expect(await check()).toMatch(/^checkSession:fail/)
    await phone.playSimulator(() => ({ errno: 600001, errMsg: 'login:fail net::ERR_INTERNET_DISCONNECTED' }))
    expect(await login()).toEqual({ errno: 600001, errMsg: 'login:fail net::ERR_INTERNET_DISCONNECTED' })
  })

  test('storage keeps values of all kinds over a restart, for this user only', async () => {
    await phone.run(async () => {
      const { wx } = window.__sim
      wx.setStorageSync('text', '1')
      await wx.setStorage({ key: 'object', data: { a: [1, null] }, encrypt: true })
    })
    await phone.open()
    expect(await phone.run(() => [window.__sim.wx.getStorageSync('text'), window.__sim.wx.getStorageSync('object'), window.__sim.wx.getStorageSync('none')])).toEqual(['1', { a: [1, null] }, ''])
    expect((await phone.run(() => window.__sim.wx.getStorageInfoSync())).keys.sort()).toEqual(['object', 'text'])
    expect(await phone.run(() => window.__sim.wx.getStorage({ key: 'none' }).catch((failure) => failure.errMsg))).toBe('getStorage:fail data not found')
    await phone.open('bea')
    expect(await phone.run(() => window.__sim.wx.getStorageSync('text'))).toBe('')
  })
})
