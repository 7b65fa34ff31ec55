import { fill, type Texts } from '../../i18n/index'
import type { ErrorView } from '../../services/error-view'

/** What the component shows for an error. */
export interface ErrorDescription {
  readonly title: string
  readonly text: string
  /** `retry`: the user can try again here; `contact`: only people can help. */
  readonly button: 'retry' | 'contact'
  readonly label: string
  /** The server's reference, to be told to people; empty when the user can go on alone. */
  readonly reference: string
}

/** Puts an error into words: those of its code when it has some, else those of its action. */
export function describeError(error: ErrorView, texts: Texts['errors']): ErrorDescription {
  const words = pick(texts.codes, error.code) ?? texts.actions[error.action]
  const ended = pick(texts.ended, error.reason)
  const button = isRetryable(error) ? 'retry' : 'contact'
  return {
    title: words.title,
    text: ended ? `${ended} ${words.text}` : words.text,
    button,
    label: words.button,
    reference: button === 'contact' && error.traceId ? fill(texts.reference, { id: error.traceId }) : '',
  }
}

function isRetryable(error: ErrorView): boolean {
  return error.action === 'log-in' || error.action === 'new-code' || error.action === 'wait'
}

function pick<T>(words: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.prototype.hasOwnProperty.call(words, key) ? words[key] : undefined
}
