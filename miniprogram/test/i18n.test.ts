import { describe, expect, it, vi } from 'vitest'
import { en } from '../miniprogram/i18n/en'
import { fill, texts, textsFor } from '../miniprogram/i18n/index'
import { zhCN } from '../miniprogram/i18n/zh-CN'

/** Every text with the path to it. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') {
    return [[path, value]]
  }
  return Object.entries(value as object).flatMap(([name, child]) => leaves(child, `${path}/${name}`))
}

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort()

describe('the texts', () => {
  it('are the same in both languages, list for list', () => {
    expect(leaves(en).map(([path]) => path).sort()).toEqual(leaves(zhCN).map(([path]) => path).sort())
  })

  it('are never empty and have the same places to fill', () => {
    const chinese = new Map(leaves(zhCN))
    for (const [path, text] of leaves(en)) {
      expect(text, path).not.toBe('')
      expect(chinese.get(path), path).not.toBe('')
      expect(places(text), path).toEqual(places(chinese.get(path) ?? ''))
    }
  })

  it.each([zhCN, en])('on a dialog’s buttons have four characters at most', ({ profile }) => {
    for (const { confirm, cancel } of [profile.phone.askMove, profile.phone.askUnbind]) {
      expect(Array.from(confirm).length).toBeLessThanOrEqual(4)
      expect(Array.from(cancel).length).toBeLessThanOrEqual(4)
    }
  })

  it.each([
    ['zh_CN', zhCN],
    ['zh_TW', zhCN],
    ['zh-Hans', zhCN],
    ['en', en],
    ['ja', en],
    ['', en],
  ])('follow WeChat’s language %s', (language, expected) => {
    expect(textsFor(language)).toBe(expected)
    vi.stubGlobal('wx', { getAppBaseInfo: () => ({ language }) })
    expect(texts()).toBe(expected)
    vi.unstubAllGlobals()
  })

  it('are filled with values, and leave an unknown place as it is', () => {
    expect(fill('{a} of {b}, {c}', { a: 1, b: 'two' })).toBe('1 of two, {c}')
  })
})
