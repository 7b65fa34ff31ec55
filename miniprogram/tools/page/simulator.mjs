/** The simulator's control API, as far as the demo page uses it. */
export class SimulatorControl {
  constructor(settings) {
    this.base = settings.simulator
    this.appId = settings.appId
  }

  async users() {
    return (await this.#send('GET', '/simulator/users')).map(({ user }) => user)
  }

  /** Whether any fault is set at the moment. */
  async hasFaults() {
    return (await this.#send('GET', '/simulator/faults')).length > 0
  }

  /** WeChat's servers cut every connection. */
  breakWeChat() {
    return this.#send('POST', '/simulator/faults', { api: '*', cut: true })
  }

  repairWeChat() {
    return this.#send('DELETE', '/simulator/faults')
  }

  expireSessionKey(user) {
    return this.#send('POST', '/simulator/session-keys/expire', { appId: this.appId, user })
  }

  setOffline(offline) {
    return this.#send('POST', '/client/network', { offline })
  }

  wire() {
    return this.#send('GET', '/simulator/wire')
  }

  wireStream() {
    return new EventSource(`${this.base}/simulator/wire/stream`)
  }

  async #send(method, path, body) {
    const response = await fetch(this.base + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`simulator: ${method} ${path} gave HTTP ${response.status}`)
    const text = await response.text()
    return text === '' ? null : JSON.parse(text)
  }
}
