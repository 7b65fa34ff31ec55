/** One fault in the sources; `file` is relative to the project, `line` counts from 1 (0 = the file as a whole). */
export class Problem {
  constructor(file, line, message) {
    this.file = file
    this.line = line
    this.message = message
  }

  toString() {
    return `${this.file}${this.line > 0 ? `:${this.line}` : ''}: ${this.message}`
  }
}

/** Thrown when the sources have faults; it tells all that were found, not only the first. */
export class PackError extends Error {
  constructor(problems) {
    super(problems.map(String).join('\n'))
    this.name = 'PackError'
    this.problems = problems
  }
}

/** Collects problems over the whole run, so that one run reports everything. */
export class Problems {
  #found = []

  add(file, line, message) {
    this.#found.push(new Problem(file, line, message))
  }

  throwIfAny() {
    if (this.#found.length > 0) throw new PackError(this.#found)
  }
}

/** The 1-based line on which `index` lies in `text`. */
export function lineAt(text, index) {
  return text.slice(0, Math.max(index, 0)).split('\n').length
}

/** The 1-based line of the first occurrence of `needle` in `text`; 0 when it does not occur. */
export function lineOf(text, needle) {
  const index = text.indexOf(needle)
  return index < 0 ? 0 : lineAt(text, index)
}
