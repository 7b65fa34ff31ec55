/* global document, addEventListener */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../node_modules/@fontsource/noto-sans-sc')
const WEIGHTS = [400, 700]
const SHEET = 'noto-sans-sc.css'

/**
 * Gives the pages of a Playwright browser context Chinese glyphs, which the packaged Chromium lacks: every document gets
 * a style sheet with the @font-face rules of "Noto Sans SC", and its files come from the npm package.
 */
export async function serveChineseFont(context) {
  const faces = WEIGHTS.map((weight) => readFileSync(path.join(PACKAGE, `${weight}.css`), 'utf8')).join('\n')
  await context.route(`**/${SHEET}`, (route) => route.fulfill({ contentType: 'text/css', body: faces }))
  await context.route(/\/files\/noto-sans-sc-[\w-]+\.woff2?$/, (route) => {
    const file = path.basename(new URL(route.request().url()).pathname)
    return route.fulfill({ path: path.join(PACKAGE, 'files', file), contentType: 'font/woff2' })
  })
  await context.addInitScript((sheet) => {
    addEventListener('DOMContentLoaded', () => {
      document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `./${sheet}` }))
    })
  }, SHEET)
}

/** Resolves when the text of the page and its frames is drawn with the font: before a screenshot. */
export async function fontsReady(page) {
  for (const frame of page.frames()) {
    await frame.waitForFunction((sheet) => [...document.styleSheets].some(({ href }) => href?.endsWith(sheet)), SHEET)
    await frame.evaluate(() => document.fonts.ready.then(() => undefined))
  }
}
