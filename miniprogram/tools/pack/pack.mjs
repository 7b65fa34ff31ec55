import { build } from 'esbuild'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROVIDED_GLOBALS, SHADOWED_GLOBALS } from './globals.mjs'
import { Problems } from './problems.mjs'
import { compileScripts } from './scripts.mjs'
import { SourceTree } from './source-tree.mjs'
import { compileStyles, scopeName } from './styles.mjs'
import { compileTemplates } from './templates.mjs'
import { readUnits } from './units.mjs'

const TOOLS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const ASSET_EXTENSIONS = ['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp']
const STATIC_FILES = ['page/index.html', 'page/page.css', 'runtime/phone.css']

/**
 * Packs the mini program of `projectRoot` into `dist` (emptied first): static files that any web server can serve at
 * any path. Throws {@link PackError} with every fault found; `dist` is untouched then.
 */
export async function pack(projectRoot, dist) {
  const tree = new SourceTree(projectRoot)
  const program = await compile(tree)
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  writeFileSync(path.join(dist, 'app.js'), program)
  for (const asset of tree.list(ASSET_EXTENSIONS)) {
    cpSync(tree.absolute(asset), path.join(dist, 'assets', asset), { recursive: true })
  }
  for (const file of STATIC_FILES) cpSync(path.join(TOOLS, file), path.join(dist, path.basename(file)))
  await bundle('runtime/main.mjs', path.join(dist, 'runtime.js'))
  await bundle('page/main.mjs', path.join(dist, 'page.js'))
}

/** The text of app.js: one call that hands the whole mini program to the runtime. */
export async function compile(tree) {
  const problems = new Problems()
  const { app, units } = readUnits(tree, problems)
  problems.throwIfAny()
  const templates = compileTemplates(tree, units, problems)
  const styles = compileStyles(tree, units, problems)
  const modules = await compileScripts(tree, units, problems)
  problems.throwIfAny()
  const described = units.map(({ path: unitPath, kind, config, using }) => ({
    path: unitPath,
    kind,
    scope: scopeName(unitPath),
    config: { ...config, usingComponents: Object.fromEntries(Object.entries(using).map(([tag, target]) => [tag, `/${target}`])) },
  }))
  return `miniProgramRuntime.launch({
app: ${JSON.stringify(app)},
units: ${JSON.stringify(described)},
styles: ${JSON.stringify(styles)},
templates: ${templates},
modules: ${moduleTable(modules)}
});
`
}

function moduleTable(modules) {
  const definitions = modules.map(({ id, code }) => `define(${JSON.stringify(id)}, function (require, module, exports) {\n${code}\n});`)
  return `function (define, ${PROVIDED_GLOBALS.join(', ')}) {
(function (${SHADOWED_GLOBALS.join(', ')}) { "use strict";
${definitions.join('\n')}
})();
}`
}

function bundle(entry, outfile) {
  return build({ entryPoints: [path.join(TOOLS, entry)], outfile, bundle: true, format: 'iife', target: 'es2020', charset: 'utf8', legalComments: 'inline', minifySyntax: true, define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'error' })
}
