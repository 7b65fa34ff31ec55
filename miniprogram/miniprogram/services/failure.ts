import { describeError } from '../components/error-state/describe'
import { texts } from '../i18n/index'
import { errorView, type ErrorView } from './error-view'

/** A failure of something that has a place of its own on a page, such as an upload. */
export interface Failure {
  /** What to say in that place; null when it concerns more than that: then the page shows `view`. */
  readonly why: string | null
  /** Whether another try may do. */
  readonly again: boolean
  readonly view: ErrorView
}

export function failureOf(error: unknown): Failure {
  const view = errorView(error)
  const { errors } = texts()
  const { text, button } = describeError(view, errors)
  const again = button === 'retry'
  const isLocal = view.action !== 'log-in' && (again || Object.keys(errors.codes).includes(view.code))
  return { why: isLocal ? text : null, again, view }
}
