import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Read access to a mini program's source folder. Inside, a file is named by its path relative to `miniprogramRoot`
 * with forward slashes and without a leading one (`pages/home/home.wxml`), as in app.json.
 */
export class SourceTree {
  constructor(projectRoot) {
    this.projectRoot = path.resolve(projectRoot)
    const configFile = path.join(this.projectRoot, 'project.config.json')
    const config = existsSync(configFile) ? JSON.parse(readFileSync(configFile, 'utf8')) : {}
    this.root = path.join(this.projectRoot, config.miniprogramRoot ?? '.')
  }

  has(name) {
    const file = path.join(this.root, name)
    return existsSync(file) && statSync(file).isFile()
  }

  read(name) {
    return readFileSync(path.join(this.root, name), 'utf8')
  }

  absolute(name) {
    return path.join(this.root, name)
  }

  /** How the file is called in messages: relative to the project's root. */
  display(name) {
    return path.relative(this.projectRoot, path.join(this.root, name)).split(path.sep).join('/')
  }

  /** All files whose name ends in one of `extensions` (with the dot), sorted. */
  list(extensions) {
    return readdirSync(this.root, { recursive: true })
      .map((name) => String(name).split(path.sep).join('/'))
      .filter((name) => extensions.includes(path.posix.extname(name)) && this.has(name))
      .sort()
  }
}

/** Resolves a reference as WeChat does: `/x` from the root, anything else from the folder of `from`. */
export function resolveReference(from, reference) {
  const joined = reference.startsWith('/') ? reference : path.posix.join(path.posix.dirname(from), reference)
  return path.posix.normalize(joined).replace(/^\/+/, '')
}
