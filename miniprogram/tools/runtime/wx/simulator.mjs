import { ApiFailure } from '../api-failure.mjs'

/** WeChat's native side of the phone, which the simulator plays: `/client/…` of its HTTP server. */
export class SimulatorClient {
  constructor(settings) {
    this.settings = settings
  }

  /** Posts JSON and returns the answer; an answer with `errMsg` is WeChat's own failure. */
  async post(path, body, signal) {
    let answer
    try {
      const response = await fetch(this.settings.simulator + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      })
      answer = await response.json()
    } catch (error) {
      if (signal?.aborted) throw new ApiFailure('abort')
      throw new ApiFailure(`the simulator does not answer: ${error.message}`, { errno: 600001 })
    }
    if (answer.errMsg !== undefined && !answer.errMsg.endsWith(':ok')) throw new ApiFailure(answer.errMsg, answer)
    return answer
  }
}
