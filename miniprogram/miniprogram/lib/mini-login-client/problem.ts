import { ACTIONS, MiniLoginError, type Action, type FieldError } from './errors'
import type { WxAnswer } from './platform'

type Fields = Readonly<Record<string, unknown>>

/** The JSON object in an answer's body, or null. WeChat hands a body over as text when it could not parse it. */
export function jsonObject(data: unknown): Fields | null {
  let value = data
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value)
    } catch {
      return null
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

/** Reads an answer that is not 2xx: the server's problem document, or whatever stood in its place. */
export function errorOf(answer: WxAnswer): MiniLoginError {
  const status = answer.statusCode
  const problem = jsonObject(answer.data)
  if (problem && typeof problem.code === 'string' && isAction(problem.action)) {
    return new MiniLoginError({
      code: problem.code,
      action: problem.action,
      message: text(problem.detail) ?? text(problem.title) ?? `status ${String(status)}`,
      status,
      retryAfter: seconds(problem.retryAfter) ?? retryAfterHeader(answer),
      traceId: text(problem.traceId),
      reason: text(problem.reason),
      fieldErrors: fieldErrors(problem.errors),
    })
  }
  return unexpected(answer)
}

/** The error for an answer that this server never gives, such as a gateway's own page. */
export function unexpected(answer: WxAnswer): MiniLoginError {
  const status = answer.statusCode
  return new MiniLoginError({
    code: 'unexpected-answer',
    action: isOverload(status) ? 'wait' : 'contact-operator',
    message: `status ${String(status)} without a body that could be understood`,
    status,
    retryAfter: retryAfterHeader(answer),
  })
}

/** Whether the request may have been carried out although its answer did not arrive. */
export function isAnswerLost(error: MiniLoginError): boolean {
  return (
    error.code === 'network-timeout' ||
    error.code === 'network-lost' ||
    (error.code === 'unexpected-answer' && error.status >= 502 && error.status <= 504)
  )
}

function isOverload(status: number): boolean {
  return status === 429 || (status >= 502 && status <= 504)
}

function isAction(value: unknown): value is Action {
  return ACTIONS.some((action) => action === value)
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function seconds(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null
}

function retryAfterHeader(answer: WxAnswer): number | null {
  const headers = Object.entries(answer.header ?? {})
  const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null
}

function fieldErrors(value: unknown): readonly FieldError[] {
  if (!Array.isArray(value)) {
    return []
  }
  return value
    .map((entry: unknown) => {
      const error = jsonObject(entry)
      return { field: text(error?.field) ?? '', message: text(error?.message) ?? '' }
    })
    .filter((error) => error.field !== '')
}
