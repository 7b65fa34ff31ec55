import { MiniLoginError, type Action } from '../lib/mini-login-client/index'

/** An error as page data: plain, so that setData can carry it. */
export interface ErrorView {
  readonly code: string
  readonly action: Action
  readonly reason: string
  /** Seconds to wait; 0 when nobody said. */
  readonly retryAfter: number
  /** Empty when unknown. */
  readonly traceId: string
}

/** What a page shows for anything that was thrown. */
export function errorView(error: unknown): ErrorView {
  if (error instanceof MiniLoginError) {
    const { code, action, reason, retryAfter, traceId } = error
    return { code, action, reason: reason ?? '', retryAfter: retryAfter ?? 0, traceId: traceId ?? '' }
  }
  return { code: 'unexpected', action: 'contact-operator', reason: '', retryAfter: 0, traceId: '' }
}
