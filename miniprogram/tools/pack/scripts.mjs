import { transform } from 'esbuild'
import path from 'node:path'
import { lineOf } from './problems.mjs'
import { resolveReference } from './source-tree.mjs'

const EXTENSIONS = ['.ts', '.js']
const COMPILER_OPTIONS = { compilerOptions: { target: 'ES2020', experimentalDecorators: true, esModuleInterop: true } }

/**
 * Turns app.{ts,js}, the scripts of all units and every module that they reach into CommonJS:
 * `[{id, code}]`, where `id` is the module's path without extension and each `require` names such an id.
 */
export async function compileScripts(tree, units, problems) {
  const modules = new Map()
  const waiting = []
  for (const path of ['app', ...units.map((unit) => unit.path)]) {
    const file = findModule(tree, path)
    if (file) waiting.push(file)
    else problems.add(tree.display(`${path}.ts`), 0, 'file not found (nor .js)')
  }
  while (waiting.length > 0) {
    const file = waiting.shift()
    const id = moduleId(file)
    if (modules.has(id)) continue
    const compiled = await compileModule(tree, file, problems)
    modules.set(id, compiled.code)
    waiting.push(...compiled.required)
  }
  return [...modules].map(([id, code]) => ({ id, code }))
}

async function compileModule(tree, file, problems) {
  const source = tree.read(file)
  let code
  try {
    const options = { loader: file.endsWith('.ts') ? 'ts' : 'js', format: 'cjs', target: 'es2020', charset: 'utf8', tsconfigRaw: COMPILER_OPTIONS, logLevel: 'silent' }
    code = (await transform(source, options)).code
  } catch (error) {
    for (const found of error.errors ?? [{ text: error.message }]) problems.add(tree.display(file), found.location?.line ?? 0, found.text)
    return { code: '', required: [] }
  }
  const required = []
  code = code.replace(/\brequire\("([^"]+)"\)/g, (call, reference) => {
    const target = /^[./]/.test(reference) ? findModule(tree, resolveReference(file, reference)) : null
    if (!target) {
      problems.add(tree.display(file), lineOf(source, reference), `module "${reference}" not found (npm packages are not packed)`)
      return call
    }
    required.push(target)
    return `require(${JSON.stringify(moduleId(target))})`
  })
  return { code, required }
}

function findModule(tree, name) {
  const candidates = EXTENSIONS.includes(path.posix.extname(name)) ? [name] : []
  for (const extension of EXTENSIONS) candidates.push(name + extension, `${name}/index${extension}`)
  return candidates.find((candidate) => tree.has(candidate)) ?? null
}

function moduleId(file) {
  return file.replace(/\.(ts|js)$/, '')
}
