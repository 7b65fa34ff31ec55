/** The client of a Mini Login server, for native WeChat mini programs. */
export { createMiniLogin } from './client'
export { ACTIONS, MiniLoginError } from './errors'
export type { Action, ClientCode, FieldError } from './errors'
export type { WxApi } from './platform'
export type {
  Answer,
  FieldReview,
  LogOutResult,
  Method,
  MiniLogin,
  MiniLoginEvent,
  MiniLoginOptions,
  PhoneProof,
  ProfilePatch,
  RequestOptions,
  Session,
  SessionUse,
  Storage,
  User,
} from './types'
