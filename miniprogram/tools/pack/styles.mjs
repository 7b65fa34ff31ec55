import postcss from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { rpxToVw } from '../runtime/rpx.mjs'
import { resolveReference } from './source-tree.mjs'

/** Compiles app.wxss and each unit's WXSS: `{path: css}`; units without a style sheet are left out. */
export function compileStyles(tree, units, problems) {
  const styles = {}
  const add = (path, rewriteSelector) => {
    if (tree.has(`${path}.wxss`)) styles[path] = compileSheet(tree, `${path}.wxss`, rewriteSelector, problems)
  }
  add('app', rewriteShared)
  for (const unit of units) add(unit.path, selectorRewriter(unit))
  return styles
}

/** The class prefix and `wx-host` value of a unit. */
export function scopeName(path) {
  return path.replace(/[^\w-]/g, '-')
}

/** Whether the unit's classes are its own: the rule of the engine's adapter, which the packed styles must follow. */
function isIsolated(unit) {
  const isolation = unit.config.styleIsolation ?? (unit.config.component ? 'isolated' : 'shared')
  return !['shared', 'page-shared'].includes(isolation)
}

function selectorRewriter(unit) {
  if (isIsolated(unit)) return (root) => rewriteIsolated(root, scopeName(unit.path))
  return unit.kind === 'page' ? (root) => rewritePage(root, unit.path) : rewriteShared
}

function compileSheet(tree, file, rewriteSelector, problems) {
  const root = loadSheet(tree, file, problems, [])
  const processor = selectorParser((selectors) => {
    rewriteSelector(selectors)
    selectors.walkTags((tag) => { tag.value = `wx-${tag.value}` })
  })
  root.walkRules((rule) => {
    if (rule.parent.type === 'atrule' && /keyframes$/.test(rule.parent.name)) return
    rule.selector = processor.processSync(rule.selector)
  })
  root.walkDecls((declaration) => { declaration.value = rpxToVw(declaration.value) })
  root.walkAtRules((rule) => { rule.params = rpxToVw(rule.params) })
  return root.toString()
}

function loadSheet(tree, file, problems, importers) {
  let root
  try {
    root = postcss.parse(tree.read(file))
  } catch (error) {
    problems.add(tree.display(file), error.line ?? 0, error.reason ?? error.message)
    return postcss.root()
  }
  root.walkAtRules('import', (rule) => {
    const reference = rule.params.match(/^(?:url\()?\s*["']?([^"')]+)/)?.[1] ?? ''
    const imported = resolveReference(file, reference)
    if (importers.includes(imported) || imported === file) {
      problems.add(tree.display(file), rule.source.start.line, `@import of ${imported} goes in a circle`)
    } else if (!tree.has(imported)) {
      problems.add(tree.display(file), rule.source.start.line, `@import of ${imported}, which does not exist`)
    } else {
      rule.replaceWith(loadSheet(tree, imported, problems, [...importers, file]).nodes)
      return
    }
    rule.remove()
  })
  return root
}

function rewriteShared() {
  // Shared classes keep their names; only the tags are mapped.
}

/** All pages live in one document here: a page's rules must not reach the others. `:where` leaves the specificity as it is. */
function rewritePage(selectors, path) {
  const route = `:where([data-route="${path}"])`
  selectors.each((selector) => {
    const page = selector.nodes.find((node) => node.type === 'tag' && node.value === 'page')
    if (page) {
      page.parent.insertAfter(page, selectorParser.pseudo({ value: route }))
    } else {
      const first = selector.first
      const lead = first.spaces.before
      first.spaces.before = ''
      selector.prepend(selectorParser.combinator({ value: ' ' }))
      selector.prepend(selectorParser.pseudo({ value: lead + route }))
    }
  })
}

function rewriteIsolated(selectors, scope) {
  selectors.walkClasses((node) => { node.value = `${scope}--${node.value}` })
  selectors.walkPseudos((node) => {
    if (node.value === ':host') node.replaceWith(selectorParser.pseudo({ value: `[wx-host="${scope}"]` }))
  })
}
