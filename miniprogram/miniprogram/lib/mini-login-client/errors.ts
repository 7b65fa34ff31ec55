/** What the caller can do about an error. The server decides it; for failures on the phone the library does. */
export type Action = 'log-in' | 'new-code' | 'wait' | 'confirm' | 'fix-request' | 'blocked' | 'contact-operator'

/** Every action of the contract. */
export const ACTIONS: readonly Action[] = ['log-in', 'new-code', 'wait', 'confirm', 'fix-request', 'blocked', 'contact-operator']

/**
 * Failures that never were an answer of the server:
 * - `network-offline`: nothing was sent, because there is no way to the server (action `wait`);
 * - `network-timeout`, `network-lost`: sent perhaps, no answer arrived (action `wait`);
 * - `url-not-allowed`: the server's domain is not in the mini program's domain list (action `contact-operator`);
 * - `request-not-possible`: WeChat refuses to send such a request, or the file to upload is gone (action `fix-request`);
 * - `wx-login-timeout`, `wx-login-failed`: WeChat gave no code (action `wait`);
 * - `wx-login-blocked`: WeChat blocks this user's login (action `blocked`);
 * - `signed-out`: the user has logged out; only `ensureSession` logs in again (action `log-in`);
 * - `unexpected-answer`: an answer that is not one of this server (action `wait` for 429, 502, 503 and 504, else
 *   `contact-operator`).
 */
export type ClientCode =
  | 'network-offline'
  | 'network-timeout'
  | 'network-lost'
  | 'url-not-allowed'
  | 'request-not-possible'
  | 'wx-login-timeout'
  | 'wx-login-failed'
  | 'wx-login-blocked'
  | 'signed-out'
  | 'unexpected-answer'

/** One field that the server did not accept. */
export interface FieldError {
  readonly field: string
  readonly message: string
}

/** The parts of a {@link MiniLoginError}; what is left out is unknown. */
export interface ErrorParts {
  readonly code: string
  readonly action: Action
  readonly message: string
  readonly status?: number
  readonly retryAfter?: number | null
  readonly traceId?: string | null
  readonly reason?: string | null
  readonly fieldErrors?: readonly FieldError[]
}

/** The only error the library rejects with. It holds no token and no code. */
export class MiniLoginError extends Error {
  /** A problem code of the server's contract, or a {@link ClientCode}. Stable: decide by it or by `action`, never by `message`. */
  readonly code: string
  readonly action: Action
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** Seconds to wait before the next try; null when nobody said. */
  readonly retryAfter: number | null
  /** The server's name for this call, to be told to its operator; null when there was no answer. */
  readonly traceId: string | null
  /** Why the session ended, with code `session-ended`: `idle`, `expired`, `replaced`, `revoked`, … */
  readonly reason: string | null
  readonly fieldErrors: readonly FieldError[]

  constructor(parts: ErrorParts) {
    super(`${parts.code}: ${parts.message}`)
    // DevTools may compile classes down to ES5, where a subclass of Error loses its prototype.
    Object.setPrototypeOf(this, MiniLoginError.prototype)
    this.name = 'MiniLoginError'
    this.code = parts.code
    this.action = parts.action
    this.status = parts.status ?? 0
    this.retryAfter = parts.retryAfter ?? null
    this.traceId = parts.traceId ?? null
    this.reason = parts.reason ?? null
    this.fieldErrors = parts.fieldErrors ?? []
  }
}
