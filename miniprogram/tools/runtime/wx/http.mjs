import { recordCall } from '../observations.mjs'
import { ApiFailure } from '../api-failure.mjs'
import { deliver } from './calling.mjs'

export const DEFAULT_TIMEOUT_MILLIS = 60_000
/** WeChat runs this many calls of one kind at a time; the others wait. */
const MAX_CONCURRENT = 10

/**
 * A `wx` function that sends something to the program's server: it returns a task at once and answers by callbacks.
 * `send(options, signal)` gives the result or throws an {@link ApiFailure}; `events` are the names of what the task could
 * report, such as `ProgressUpdate`, which this runtime never does.
 */
export function taskApi(name, events, send) {
  const slots = new Slots(MAX_CONCURRENT)
  return (options = {}) => {
    recordCall(name)
    const controller = new AbortController()
    const run = async () => {
      if (controller.signal.aborted) throw new ApiFailure('abort')
      return { ...(await send(options, controller.signal)), errMsg: `${name}:ok` }
    }
    const answer = slots.run(run).catch((error) => {
      throw error instanceof ApiFailure ? error.describe(name) : { errMsg: `${name}:fail ${error.message}` }
    })
    deliver(name, answer, options)
    const listeners = events.flatMap((event) => [`on${event}`, `off${event}`])
    return { abort: () => controller.abort(), ...Object.fromEntries(listeners.map((listener) => [listener, () => {}])) }
  }
}

/** The program's headers with lower-case names; the Referer is WeChat's own. */
export function programHeader(given = {}) {
  const header = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]))
  delete header.referer
  return header
}

class Slots {
  #free
  #waiting = []

  constructor(count) {
    this.#free = count
  }

  async run(task) {
    if (this.#free > 0) this.#free -= 1
    else await new Promise((resolve) => { this.#waiting.push(resolve) })
    try {
      return await task()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}
