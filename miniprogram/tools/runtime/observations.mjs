/**
 * What tests and the demo page may look at: `window.__sim`.
 * - `errors`: everything the engine, the program or the browser threw, as text;
 * - `missing`: names of `wx` members that the program asked for and this runtime does not have;
 * - `warnings`: the engine's remarks;
 * - `calls`: how often each `wx` function was called;
 * - `wx`: the program's own `wx` object, to ask the phone what the program could ask;
 * - `started`: true once the first page is on screen;
 * - `hide()` / `show()`: the mini program goes to the background / comes back;
 * - `setOffline(boolean)`: what the phone says about its network.
 */
export const observations = { errors: [], missing: [], warnings: [], calls: {}, wx: null, started: false, hide() {}, show() {}, setOffline() {} }

export function recordError(error, where = '') {
  const text = error instanceof Error ? error.stack ?? error.message : describe(error)
  observations.errors.push(where ? `${where}: ${text}` : text)
  console.error(where, error)
}

/** Counts a call; the demo page around the phone, if there is one, hears of it too. */
export function recordCall(name) {
  observations.calls[name] = (observations.calls[name] ?? 0) + 1
  if (window.parent !== window) window.parent.postMessage({ type: 'mini-login-wx-call', name }, location.origin)
}

export function recordMissing(name) {
  if (!observations.missing.includes(name)) observations.missing.push(name)
}

/** Puts `__sim` in place and starts to collect what nobody else catches. */
export function installObservations() {
  window.__sim = observations
  addEventListener('error', (event) => recordError(event.error ?? event.message, 'uncaught'))
  addEventListener('unhandledrejection', (event) => recordError(event.reason, 'unhandled rejection'))
}

function describe(value) {
  try {
    return typeof value === 'string' ? value : JSON.stringify(value)
  } catch {
    return String(value)
  }
}
