import { createRequire } from 'node:module'
import { BUILTIN_NAMES, STRUCTURAL_NAMES } from '../runtime/builtin-names.mjs'
import { lineAt } from './problems.mjs'
import { resolveReference } from './source-tree.mjs'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')

/** What WXS has and JavaScript has not. */
const WXS_RUNTIME = `
  var getRegExp = function (source, flags) { return new RegExp(source, flags) };
  var getDate = function () { return new (Function.prototype.bind.apply(Date, [null].concat([].slice.call(arguments))))() };
`

/**
 * Compiles the WXML of all units, with what they import, into one JavaScript expression whose value maps each path to
 * its template. Any diagnostic of the compiler is a problem: even "missing end tag" is only a warning there.
 */
export function compileTemplates(tree, units, problems) {
  const group = new TmplGroup()
  try {
    group.setExtraRuntimeScript(WXS_RUNTIME)
    const compiler = new Compiler(tree, group, problems)
    for (const unit of units) {
      compiler.addTemplate(unit.path, unit.path)
      for (const name of compiler.reachableFrom(unit.path)) checkTags(tree, name, unit, problems)
    }
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}

class Compiler {
  #templates = new Set()
  #scripts = new Set()

  constructor(tree, group, problems) {
    this.tree = tree
    this.group = group
    this.problems = problems
  }

  addTemplate(path, from) {
    if (this.#templates.has(path)) return
    this.#templates.add(path)
    const file = `${path}.wxml`
    if (!this.tree.has(file)) {
      this.problems.add(this.tree.display(`${from}.wxml`), 0, `imports ${file}, which does not exist`)
      return
    }
    for (const found of this.group.addTmpl(path, this.tree.read(file))) {
      this.problems.add(this.tree.display(file), found.startLine + 1, found.message)
    }
    for (const imported of this.group.getDirectDependencies(path)) this.addTemplate(imported, path)
    for (const script of this.group.getScriptDependencies(path)) this.#addScript(script, path)
  }

  /** The template itself and everything that it imports or includes. */
  reachableFrom(path, found = new Set()) {
    if (found.has(path) || !this.tree.has(`${path}.wxml`)) return found
    found.add(path)
    for (const imported of this.group.getDirectDependencies(path)) this.reachableFrom(imported, found)
    return found
  }

  #addScript(path, from) {
    if (this.#scripts.has(path)) return
    this.#scripts.add(path)
    const file = `${path}.wxs`
    if (!this.tree.has(file)) {
      this.problems.add(this.tree.display(`${from}.wxml`), 0, `uses ${file}, which does not exist`)
      return
    }
    const source = this.tree.read(file)
    const comparison = source.search(/\.constructor\b/)
    if (comparison >= 0) {
      this.problems.add(this.tree.display(file), lineAt(source, comparison), 'WXS "constructor" is a string on a phone and a function here: not supported')
    }
    this.group.addScript(path, source)
    this.group.addScript(file, source)
    for (const [, reference] of source.matchAll(/require\(['"]([^'"]+)['"]\)/g)) {
      this.#addScript(resolveReference(path, reference).replace(/\.wxs$/, ''), from)
    }
  }
}

/** Reports tags that are neither built in, nor declared by the unit, nor one of its generics. */
function checkTags(tree, path, unit, problems) {
  const file = `${path}.wxml`
  const known = new Set([...BUILTIN_NAMES, ...STRUCTURAL_NAMES, ...Object.keys(unit.using), ...Object.keys(unit.config.componentGenerics ?? {})])
  const source = blankOut(tree.read(file), /<!--[\s\S]*?-->|<wxs\b[^>]*>[\s\S]*?<\/wxs>|\{\{[\s\S]*?\}\}/g)
  for (const match of source.matchAll(/<([a-zA-Z][\w-]*)/g)) {
    if (known.has(match[1])) continue
    problems.add(tree.display(file), lineAt(source, match.index), `<${match[1]}> is neither a built-in component of this runtime nor in usingComponents`)
  }
}

/** Replaces what matches by spaces; line breaks stay, so that line numbers stay right. */
function blankOut(text, pattern) {
  return text.replace(pattern, (found) => found.replace(/[^\n]/g, ' '))
}
