import { existsSync, readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { SHADOWED_GLOBALS } from '../pack/globals.mjs'
import { compile, pack } from '../pack/pack.mjs'
import { PackError } from '../pack/problems.mjs'
import { SourceTree } from '../pack/source-tree.mjs'
import { rpxToVw } from '../runtime/rpx.mjs'
import { withProject } from './projects.mjs'

const FIXTURE = path.resolve(import.meta.dirname, '../fixture')

describe('faults in the sources', () => {
  test.each([
    ['a bad expression in WXML', { 'pages/a/a.wxml': '<view>\n  <text>{{ a + }}</text>\n</view>' }, /^pages\/a\/a\.wxml:2: .*expression/],
    ['a missing end tag', { 'pages/a/a.wxml': '<view>\n<view>\n</view>' }, /^pages\/a\/a\.wxml:\d: missing end tag/],
    ['a repeated attribute', { 'pages/a/a.wxml': '<view>\n<view id="a" id="b" />\n</view>' }, /^pages\/a\/a\.wxml:2: duplicated attribute/],
    ['a tag that is no component', { 'pages/a/a.wxml': '<view>\n\n<user-card />\n</view>' }, /^pages\/a\/a\.wxml:3: <user-card> is neither/],
    ['a built-in component that the runtime has not', { 'pages/a/a.wxml': '<swiper></swiper>' }, /^pages\/a\/a\.wxml:1: <swiper> is neither/],
    ['a missing component', { 'pages/a/a.json': '{\n "usingComponents": { "user-card": "/components/card/card" }\n}' }, /^pages\/a\/a\.json:2: component "user-card" not found/],
    ['a missing page', { 'app.json': '{\n "pages": ["pages/a/a",\n "pages/b/b"]\n}' }, /^app\.json:3: page "pages\/b\/b" has no/],
    ['a tab that is no page', { 'app.json': '{ "pages": ["pages/a/a"],\n "tabBar": { "list": [{ "pagePath": "pages/c/c" }] } }' }, /^app\.json:2: tabBar names "pages\/c\/c"/],
    ['a missing import of a template', { 'pages/a/a.wxml': '<import src="./b.wxml" />' }, /^pages\/a\/a\.wxml: imports pages\/a\/b\.wxml/],
    ['a missing WXS file', { 'pages/a/a.wxml': '<wxs module="m" src="./m.wxs" />' }, /^pages\/a\/a\.wxml: uses pages\/a\/m\.wxs/],
    ['a missing module', { 'pages/a/a.ts': '\n\nimport { x } from "./nowhere"\nPage({ x })' }, /^pages\/a\/a\.ts:3: module "\.\/nowhere" not found/],
    ['a module of npm', { 'pages/a/a.ts': 'import x from "lodash"\nPage({ x })' }, /^pages\/a\/a\.ts:1: module "lodash" not found/],
    ['bad TypeScript', { 'pages/a/a.ts': 'Page({\n  data: {,}\n})' }, /^pages\/a\/a\.ts:2: /],
    ['a page without a script', { 'pages/a/a.ts': null }, /^pages\/a\/a\.ts: file not found/],
    ['bad WXSS', { 'pages/a/a.wxss': '.a {\n color: red;\n' }, /^pages\/a\/a\.wxss:1: Unclosed block/],
    ['a missing import of a style', { 'pages/a/a.wxss': '.a {}\n@import "./b.wxss";' }, /^pages\/a\/a\.wxss:2: @import of pages\/a\/b\.wxss, which/],
    ['a circle of style imports', { 'pages/a/a.wxss': '@import "./b.wxss";', 'pages/a/b.wxss': '@import "./a.wxss";' }, /^pages\/a\/b\.wxss:1: @import of pages\/a\/a\.wxss goes in a circle/],
    ['a config that is not JSON', { 'pages/a/a.json': '{,}' }, /^pages\/a\/a\.json: not JSON/],
  ])('%s stops the pack, with file and line', (_, files, message) =>
    withProject(files, async (folder) => {
      const error = await compile(new SourceTree(folder)).then(() => null, (thrown) => thrown)
      expect(error).toBeInstanceOf(PackError)
      expect(error.problems.map(String)).toContainEqual(expect.stringMatching(message))
    }))

  test('all of them are told at once', () =>
    withProject({ 'pages/a/a.wxml': '<nothing />', 'pages/a/a.ts': 'Page(', 'pages/a/a.wxss': '.a {' }, async (folder) => {
      const error = await compile(new SourceTree(folder)).catch((thrown) => thrown)
      expect(error.problems.map((problem) => problem.file).sort()).toEqual(['pages/a/a.ts', 'pages/a/a.wxml', 'pages/a/a.wxss'])
    }))

  test('what was packed before stays', () =>
    withProject({ 'pages/a/a.wxml': '<nothing />' }, async (folder) => {
      const dist = path.join(folder, 'dist')
      mkdirSync(dist)
      writeFileSync(path.join(dist, 'app.js'), 'before')
      await expect(pack(folder, dist)).rejects.toBeInstanceOf(PackError)
      expect(readFileSync(path.join(dist, 'app.js'), 'utf8')).toBe('before')
    }))
})

describe('a sound program', () => {
  test('becomes static files with relative addresses', () =>
    withProject({}, async (folder) => {
      const dist = path.join(folder, 'dist')
      await pack(FIXTURE, dist)
      expect(readdirSync(dist).sort()).toEqual(['app.js', 'assets', 'index.html', 'page.css', 'page.js', 'phone.css', 'runtime.js'])
      expect(existsSync(path.join(dist, 'assets/images/dot.png'))).toBe(true)
      const html = readFileSync(path.join(dist, 'index.html'), 'utf8')
      const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
      expect(addresses.filter((address) => !address.startsWith('./') && address !== 'data:,')).toEqual([])
    }))

  test('does not see the browser', () =>
    withProject({ 'app.ts': 'import { kinds } from "./kinds"\nApp({ kinds })', 'kinds.ts': `export const kinds = [${SHADOWED_GLOBALS.map((name) => `typeof ${name}`)}, typeof globalThis.fetch]` }, async (folder) => {
      let seen = null
      await runProgram(folder, { App: (definition) => { seen = definition.kinds } })
      expect(seen).toHaveLength(SHADOWED_GLOBALS.length + 1)
      expect(new Set(seen)).toEqual(new Set(['undefined']))
    }))

  test('may use a name of its own that a browser also has', () =>
    withProject({ 'app.ts': 'const status = "mine"\nfunction fetch() { return status }\nApp({ got: fetch() })' }, async (folder) => {
      let seen = null
      await runProgram(folder, { App: (definition) => { seen = definition.got } })
      expect(seen).toBe('mine')
    }))
})

describe('styles', () => {
  test.each([
    ['750rpx', '100vw'],
    ['100rpx', '13.33334vw'],
    ['-1.5rpx auto 75rpx', '-0.2vw auto 10vw'],
    ['calc(100% - .75rpx)', 'calc(100% - 0.1vw)'],
    ['12px rpx', '12px rpx'],
  ])('%s becomes %s', (value, expected) => {
    expect(rpxToVw(value)).toBe(expected)
  })

  test('of a page reach that page only and map its tags', async () => {
    const css = await stylesOf({ 'pages/a/a.wxss': 'page { top: 0 }\n.a, view > .b { left: 75rpx }\n@keyframes in { from { opacity: 0 } }' }, 'pages/a/a')
    expect(css).toContain('wx-page:where([data-route="pages/a/a"]) { top: 0 }')
    expect(css).toContain(':where([data-route="pages/a/a"]) .a, :where([data-route="pages/a/a"]) wx-view > .b { left: 10vw }')
    expect(css).toContain('from { opacity: 0 }')
  })

  test('of a component get its scope', async () => {
    const files = {
      'pages/a/a.json': '{ "usingComponents": { "user-card": "../../components/card/card" } }',
      'components/card/card.json': '{ "component": true }',
      'components/card/card.wxml': '<view class="title">t</view>',
      'components/card/card.ts': 'Component({})',
      'components/card/card.wxss': ':host { display: block }\n.title .small:active { top: 0 }',
    }
    const css = await stylesOf(files, 'components/card/card')
    expect(css).toContain('[wx-host="components-card-card"] { display: block }')
    expect(css).toContain('.components-card-card--title .components-card-card--small:active { top: 0 }')
  })

  test('are imported where the import stands', async () => {
    const css = await stylesOf({ 'app.wxss': '@import "styles/base.wxss";\n.b { top: 0 }', 'styles/base.wxss': '.a { top: 0 }' }, 'app')
    expect(css.replace(/\s+/g, ' ').trim()).toBe('.a { top: 0 } .b { top: 0 }')
  })
})

function stylesOf(files, unit) {
  return withProject(files, async (folder) => (await load(folder)).styles[unit])
}

/** What app.js hands to the runtime. */
async function load(folder) {
  let program = null
  const source = await compile(new SourceTree(folder))
  new Function('miniProgramRuntime', source)({ launch: (packed) => { program = packed } })
  return program
}

/** Runs the program's app module with the given globals, as the runtime does. */
async function runProgram(folder, { App }) {
  const program = await load(folder)
  const factories = new Map()
  program.modules((id, factory) => factories.set(id, factory), {}, App, () => {}, () => {}, () => {}, () => {}, () => [], {}, {})
  const require = (id) => {
    const module = { exports: {} }
    factories.get(id)(require, module, module.exports)
    return module.exports
  }
  require('app')
}
