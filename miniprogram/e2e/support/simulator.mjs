/** The simulator's control API and its wire log. */
export class Simulator {
  constructor(base) {
    this.base = base
  }

  /** Adds a user, or changes one: `more` may have `phone`, the number in WeChat's account. */
  addUser(user, more = {}) {
    return this.#send('POST', '/simulator/users', { user, ...more })
  }

  /** What WeChat will say about the next picture of a mini program: `pass`, `review` or `risky`. */
  nextMediaVerdict(appId, suggest) {
    return this.#send('POST', '/simulator/media-verdicts', { appId, suggest })
  }

  /** Changes settings of WeChat; what is absent stays. */
  changeSettings(settings) {
    return this.#send('POST', '/simulator/settings', settings)
  }

  /** Has WeChat push an event about a user to the server, and waits until that has taken it. */
  async push(appId, event, user, more = {}) {
    const delivery = await this.#send('POST', '/simulator/pushes', { appId, event, user, ...more })
    if (!delivery.accepted) throw new Error(`The server did not take ${event}: ${JSON.stringify(delivery)}`)
  }

  addFault(fault) {
    return this.#send('POST', '/simulator/faults', fault)
  }

  removeFaults() {
    return this.#send('DELETE', '/simulator/faults')
  }

  expireSessionKey(appId, user) {
    return this.#send('POST', '/simulator/session-keys/expire', { appId, user })
  }

  setOffline(offline) {
    return this.#send('POST', '/client/network', { offline })
  }

  /** Everything that was said after this moment, through the returned {@link Wire}. */
  async listen() {
    const entries = await this.#send('GET', '/simulator/wire')
    const last = entries.at(-1)?.id ?? 0
    return new Wire(() => this.#send('GET', `/simulator/wire?after=${last}`))
  }

  async #send(method, path, body) {
    const response = await fetch(this.base + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} gave HTTP ${response.status}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
}

class Wire {
  constructor(read) {
    this.read = read
  }

  /** The messages with this method and path (without query), oldest first. */
  async messages(method, path) {
    return (await this.read()).filter((entry) => entry.method === method && entry.path.split('?')[0] === path)
  }

  /** What the mini program sent to log in. */
  logins() {
    return this.messages('POST', '/v1/sessions')
  }

  /** What WeChat pushed to the server. */
  async pushes() {
    return (await this.read()).filter(({ from, method }) => from === 'wechat' && method === 'POST')
  }

  /** What the server asked WeChat about codes. */
  exchanges() {
    return this.messages('GET', '/sns/jscode2session')
  }
}
