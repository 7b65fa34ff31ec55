/** Why a `wx` call failed: becomes `{errMsg: "<api>:fail <reason>", errno?}`. An `errMsg` of WeChat's own wins. */
export class ApiFailure extends Error {
  constructor(reason, { errno, errMsg } = {}) {
    super(reason)
    this.name = 'ApiFailure'
    this.reason = reason
    this.errno = errno
    this.errMsg = errMsg
  }

  describe(api) {
    return { errMsg: this.errMsg ?? `${api}:fail ${this.reason}`, ...(this.errno === undefined ? {} : { errno: this.errno }) }
  }
}
