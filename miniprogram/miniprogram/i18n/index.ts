import { en } from './en'
import { zhCN } from './zh-CN'

/** The same texts in every language. */
export type Texts = typeof zhCN

/** The texts in WeChat's own language: Chinese for every kind of Chinese, English for the rest of the world. */
export function texts(): Texts {
  return textsFor(wx.getAppBaseInfo().language)
}

/** The texts for one of WeChat's language names, such as `zh_CN`, `zh_TW`, `en` or `ja`. */
export function textsFor(language: string): Texts {
  return language.startsWith('zh') ? zhCN : en
}

/** Puts values into a text's `{name}` places. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
