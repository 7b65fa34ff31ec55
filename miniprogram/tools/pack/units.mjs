import { lineOf } from './problems.mjs'
import { resolveReference } from './source-tree.mjs'

/**
 * A unit is a page or a component: `{path, kind, config, using}`, where `path` has no extension, `config` is its JSON
 * and `using` maps each tag to the path of its component, app-wide ones included.
 */

/** Reads app.json and walks its pages and every usingComponents below them. */
export function readUnits(tree, problems) {
  const app = readJson(tree, 'app.json', problems) ?? {}
  const units = new Map()
  const appWide = resolveUsing(tree, 'app', app, problems)
  const waiting = [...listPages(tree, app, problems).map((path) => ({ path, kind: 'page' }))]
  for (const path of Object.values(appWide)) waiting.push({ path, kind: 'component' })

  while (waiting.length > 0) {
    const { path, kind } = waiting.shift()
    if (units.has(path)) continue
    const config = tree.has(`${path}.json`) ? readJson(tree, `${path}.json`, problems) ?? {} : {}
    if (kind === 'component' && config.component !== true) {
      problems.add(tree.display(`${path}.json`), 0, 'a component needs "component": true')
    }
    const using = { ...appWide, ...resolveUsing(tree, path, config, problems) }
    units.set(path, { path, kind, config, using })
    for (const used of Object.values(using)) waiting.push({ path: used, kind: 'component' })
  }
  return { app, units: [...units.values()] }
}

function listPages(tree, app, problems) {
  const source = tree.has('app.json') ? tree.read('app.json') : ''
  const pages = [...(app.pages ?? [])]
  for (const sub of app.subPackages ?? app.subpackages ?? []) {
    for (const page of sub.pages ?? []) pages.push(`${sub.root.replace(/\/$/, '')}/${page}`)
  }
  if (pages.length === 0) problems.add(tree.display('app.json'), 0, 'no pages')
  for (const item of app.tabBar?.list ?? []) {
    if (!pages.includes(item.pagePath)) {
      problems.add(tree.display('app.json'), lineOf(source, item.pagePath), `tabBar names "${item.pagePath}", which is no page`)
    }
  }
  return pages.filter((page) => {
    if (tree.has(`${page}.wxml`)) return true
    problems.add(tree.display('app.json'), lineOf(source, `"${page}"`), `page "${page}" has no ${page}.wxml`)
    return false
  })
}

function resolveUsing(tree, owner, config, problems) {
  const using = {}
  for (const [tag, reference] of Object.entries(config.usingComponents ?? {})) {
    const path = resolveReference(owner, reference)
    if (tree.has(`${path}.wxml`)) {
      using[tag] = path
    } else {
      const line = lineOf(tree.read(`${owner}.json`), `"${tag}"`)
      problems.add(tree.display(`${owner}.json`), line, `component "${tag}" not found at ${reference}`)
    }
  }
  return using
}

function readJson(tree, name, problems) {
  if (!tree.has(name)) {
    problems.add(tree.display(name), 0, 'file not found')
    return null
  }
  try {
    return JSON.parse(tree.read(name))
  } catch (error) {
    problems.add(tree.display(name), 0, `not JSON: ${error.message}`)
    return null
  }
}
