import { ApiFailure } from '../api-failure.mjs'
import { recordCall, recordError } from '../observations.mjs'
import { guarded } from '../program-app.mjs'

/**
 * An asynchronous `wx` function as WeChat's: with a callback it answers by callbacks and returns nothing, without one it
 * returns a Promise. `run(options)` gives the result or throws an {@link ApiFailure}.
 */
export function asyncApi(name, run) {
  return (options = {}) => {
    const answer = start(name, run, options)
    if (!hasCallback(options)) return answer
    deliver(name, answer, options)
    return undefined
  }
}

/** Like {@link asyncApi} for the few functions that know callbacks only, whatever they are given. */
export function callbackApi(name, run) {
  return (options = {}) => deliver(name, start(name, run, options), options)
}

export function syncApi(name, run) {
  return (...args) => {
    recordCall(name)
    return run(...args)
  }
}

/** Calls `success` or `fail`, then `complete`. */
export function deliver(name, answer, options) {
  const call = (callback, argument) => guarded(`callback of wx.${name}`, () => options[callback]?.(argument))
  answer.then(
    (result) => {
      call('success', result)
      call('complete', result)
    },
    (failure) => {
      call('fail', failure)
      call('complete', failure)
    },
  )
}

async function start(name, run, options) {
  recordCall(name)
  try {
    return { ...(await run(options)), errMsg: `${name}:ok` }
  } catch (error) {
    if (error instanceof ApiFailure) throw error.describe(name)
    recordError(error, `wx.${name}`)
    throw { errMsg: `${name}:fail ${error.message}` }
  }
}

function hasCallback(options) {
  return ['success', 'fail', 'complete'].some((name) => typeof options[name] === 'function')
}
