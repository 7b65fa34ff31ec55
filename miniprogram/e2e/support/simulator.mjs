/** The simulator's control API and its wire log. */
export class Simulator {
  constructor(base) {
    this.base = base
  }

  addUser(user) {
    return this.#send('POST', '/simulator/users', { user })
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

  /** What the server asked WeChat about codes. */
  exchanges() {
    return this.messages('GET', '/sns/jscode2session')
  }
}
