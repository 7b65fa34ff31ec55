/* global window, document, getComputedStyle */
import { describe, expect, test } from 'vitest'
import { CONFIG, useFixturePhone } from './fixture-phone.mjs'

const phone = useFixturePhone()

describe('templates and styles', () => {
  test('bindings, lists, conditions, templates and WXS are drawn', async () => {
    expect(await phone.text('#title')).toBe('你好 ANN!')
    expect(await phone.text('#hello')).toBe('Hello ann')
    expect(await phone.page.isVisible('text=0: seven')).toBe(true)
    expect(await phone.page.isVisible('text=many')).toBe(true)
    expect(await phone.page.isVisible('text=few')).toBe(false)
  })

  test('750rpx are the width of the screen, in sheets and in style attributes', async () => {
    expect(await phone.page.locator('#box').boundingBox()).toMatchObject({ width: 187.5, height: 50 })
    expect(await phone.page.locator('#inline').boundingBox()).toMatchObject({ width: 37.5, height: 5 })
  })

  test('a class of a component and one of the page with the same name stay apart', async () => {
    const colour = (selector) => phone.page.locator(selector).evaluate((element) => getComputedStyle(element).color)
    expect(await colour('#card .components-counter-card-counter-card--card-title')).toBe('rgb(200, 0, 0)')
    expect(await colour('#card-said')).toBe('rgb(1, 2, 3)')
  })

  test('a page without the style does not get it from another page', async () => {
    await phone.tap('#link')
    expect((await phone.page.locator('#second-box').boundingBox()).height).toBe(0)
  })
})

describe('components', () => {
  test('a component sends its event with detail and dataset', async () => {
    await phone.tap('text=More')
    expect(await phone.text('#card-said')).toBe('first 4')
  })

  test('a form collects its fields', async () => {
    await phone.page.fill('#name input', 'bea')
    await phone.tap('#blue')
    await phone.tap('#news')
    await phone.tap('text=Tuesday')
    await phone.page.locator('#note textarea').pressSequentially('abcdefg')
    await phone.tap('#pick')
    await phone.tap('role=option[name="two"]')
    await phone.tap('.phone-picker-confirm')
    await phone.tap('#region')
    await phone.tap('role=option[name="浙江省"]')
    await phone.tap('role=option[name="滨江区"]')
    await phone.tap('.phone-picker-confirm')
    await phone.tap('#submit')
    expect(JSON.parse(await phone.text('#submitted'))).toEqual({ name: 'bea', colour: 'blue', news: false, days: ['mon', 'tue'], note: 'abcde', pick: 1, region: ['浙江省', '杭州市', '滨江区'] })
    expect(await phone.text('#title')).toBe('你好 BEA!')
  })

  test('a form goes back to what it was', async () => {
    await phone.page.fill('#name input', 'bea')
    await phone.tap('text=Tuesday')
    await phone.tap('#reset')
    await phone.tap('#submit')
    expect(JSON.parse(await phone.text('#submitted'))).toMatchObject({ name: 'ann', days: ['mon'], note: '' })
  })

  test('a scroll-view scrolls inside', async () => {
    await phone.page.locator('#scroll').evaluate((element) => element.scrollTo(0, 100))
    expect(await phone.page.locator('#scroll').evaluate((element) => [element.clientHeight, element.scrollTop])).toEqual([40, 100])
  })

  test('a label passes the tap to its radio button', async () => {
    await phone.tap('text=Red')
    expect(await phone.page.getAttribute('wx-radio >> nth=0', 'aria-checked')).toBe('true')
  })

  test('a cancelled picker changes nothing', async () => {
    await phone.tap('#pick')
    await phone.tap('.phone-picker-head >> text=Cancel')
    expect(await phone.text('#pick')).toBe('Picked')
  })

  test.each([
    ['en-US', ['Cancel', 'OK']],
    ['zh-CN', ['取消', '确定']],
  ])('the buttons of both pickers are in the language of the phone (%s)', async (locale, labels) => {
    const context = await phone.page.context().browser().newContext({ locale })
    const page = await context.newPage()
    try {
      await page.goto(phone.page.url())
      for (const picker of ['#pick', '#region']) {
        await page.click(picker)
        expect(await page.locator('.phone-picker-head button').allInnerTexts(), picker).toEqual(labels)
        await page.click('.phone-picker-confirm')
      }
    } finally {
      await context.close()
    }
  })

  test('chooseAvatar gives a temporary path that only an image on this phone can show', async () => {
    await phone.tap('#avatar')
    await phone.tap('role=dialog >> text=Cancel')
    expect(await phone.page.getAttribute('#picture img', 'src')).toBeNull()
    await phone.tap('#avatar')
    await phone.tap('[alt="Night"]')
    await phone.page.waitForSelector('#picture img[src^="data:image/png"]')
    const path = await phone.run(() => window.__sim.wx && document.querySelector('#picture').__wxElement.data.src)
    expect(path).toMatch(/^http:\/\/tmp\/\d+\.png$/)
    expect((await phone.run((tempFilePath) => new Promise((resolve) => {
      window.__sim.wx.getFileSystemManager().saveFile({ tempFilePath, complete: resolve })
    }), path)).savedFilePath).toMatch(/^wxfile:\/\//)
  })

  describe('getPhoneNumber', () => {
    const answer = async () => JSON.parse(await phone.text('#phone-answer:not(:empty)'))
    const denied = { errMsg: 'getPhoneNumber:fail user deny' }
    const number = { code: 'c0de', encryptedData: 'ZGF0YQ==', iv: 'aXY=' }
    const play = () => phone.playSimulator(({ body }) => (body.deny ? denied : number))

    test('gives the code once the user allows it', async () => {
      const asked = await play()
      await phone.tap('#phone-number')
      await phone.tap('role=dialog >> text="Allow"')
      expect(await answer()).toEqual({ ...number, errMsg: 'getPhoneNumber:ok' })
      expect(asked).toEqual([{ path: '/client/phone-number', body: { appId: CONFIG.appId, user: CONFIG.user, deny: false } }])
    })

    test('gives no code when the user does not', async () => {
      await play()
      await phone.tap('#phone-number')
      await phone.tap('role=dialog >> text="Don’t allow"')
      expect(await answer()).toEqual(denied)
    })

    test('says that there is no quota, and WeChat itself says so too unless the button wants otherwise', async () => {
      await phone.playSimulator(() => ({ errno: 1400001, errMsg: 'getPhoneNumber:fail appid no enough quota' }))
      await phone.tap('#phone-number')
      expect(await answer()).toEqual({ errno: 1400001, errMsg: 'getPhoneNumber:fail appid no enough quota' })
      expect(await phone.text('role=status')).toBe('No phone number at the moment')
      await phone.open()
      await phone.tap('#quiet-phone-number')
      expect(await answer()).toMatchObject({ errno: 1400001 })
      expect(await phone.page.locator('role=status').count()).toBe(0)
    })
  })

  test('a nickname field offers the WeChat name', async () => {
    await phone.tap('#name')
    await phone.tap('.phone-nickname >> text=Ann')
    expect(await phone.text('#hello')).toBe('Hello Ann')
    expect(await phone.page.inputValue('#name input')).toBe('Ann')
  })

  test('a disabled button takes no tap', async () => {
    await phone.page.locator('#off').click({ force: true })
    expect(await phone.page.locator('role=dialog').count()).toBe(0)
  })

  test('a dialog and a toast', async () => {
    await phone.tap('#ask')
    expect(await phone.text('role=dialog')).toContain('Really')
    await phone.tap('role=dialog >> text=确定')
    expect(await phone.text('#answer')).toBe('yes')
    expect(await phone.text('role=status')).toBe('Done')
  })
})
