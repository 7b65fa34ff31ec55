/**
 * The program's module table: `require(id)` runs a module once. `globals` are what WeChat gives to every module
 * (`wx`, `Page`, …); everything else of the browser was shadowed by the packer.
 */
export function createRequire(program, globals) {
  const factories = new Map()
  const modules = new Map()
  const standard = standardGlobals()
  program.modules(
    (id, factory) => factories.set(id, factory),
    globals.wx, globals.App, globals.Page, globals.Component, globals.Behavior, globals.getApp, globals.getCurrentPages,
    Object.assign(standard, globals), globals.__wxConfig,
  )
  return function require(id) {
    if (!modules.has(id)) {
      const module = { exports: {} }
      modules.set(id, module)
      factories.get(id)(require, module, module.exports)
    }
    return modules.get(id).exports
  }
}

/** What `globalThis` holds on a phone: the language and timers. */
function standardGlobals() {
  const names = [
    'Object', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Date', 'Math', 'JSON', 'Promise', 'Proxy', 'Reflect', 'RegExp',
    'Map', 'Set', 'WeakMap', 'WeakSet', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'ArrayBuffer', 'DataView', 'Uint8Array',
    'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array', 'Uint8ClampedArray',
    'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'console',
  ]
  const standard = Object.fromEntries(names.map((name) => [name, globalThis[name]]))
  for (const timer of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']) standard[timer] = globalThis[timer].bind(globalThis)
  return standard
}
