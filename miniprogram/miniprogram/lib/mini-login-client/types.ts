import type { Action } from './errors'
import type { WxApi } from './platform'

/** The user as the server knows them. Unknown texts are null. */
export interface User {
  readonly id: string
  readonly nickname: string | null
  readonly avatarUrl: string | null
  /** 0 unknown, 1 male, 2 female. */
  readonly gender: 0 | 1 | 2
  readonly province: string | null
  readonly city: string | null
  readonly country: string | null
  readonly language: string | null
  /** The bound phone number, masked as `135******66`; null when there is none. */
  readonly phone: string | null
  /** New values that others do not see, or not yet; at most one of each field. */
  readonly reviews: readonly FieldReview[]
  /**
   * When WeChat had nickname and avatar cleared, as ISO 8601, UTC; null when it had not, or when the user has set one of
   * them since.
   */
  readonly profileClearedAt: string | null
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** ISO 8601, UTC. */
  readonly updatedAt: string
}

/** A new value of a field while it is looked at, or once it was refused. The field itself keeps its old value. */
export interface FieldReview {
  readonly field: 'nickname' | 'avatarUrl'
  /** `refused` stays until the next change of the field. */
  readonly state: 'in-review' | 'refused'
  /** The new value; null for an avatar, and once it was refused. */
  readonly value: string | null
}

/**
 * What the button with `open-type="getPhoneNumber"` gave. The code is good for five minutes and one use. Encrypted data
 * is what base libraries before 2.21.2 give; it needs {@link MiniLogin.checkSessionKey}.
 */
export type PhoneProof = { readonly code: string } | { readonly encryptedData: string; readonly iv: string }

/** A merge patch: a field that is absent stays as it is, null clears it. */
export interface ProfilePatch {
  /** At most 32 code points. */
  nickname?: string | null
  /** An https URL of at most 512 characters. */
  avatarUrl?: string | null
  gender?: 1 | 2 | null
  province?: string | null
  city?: string | null
  country?: string | null
  language?: string | null
}

/** The session as the app may see it: everything but the token. */
export interface Session {
  /** The public handle of the session; it authenticates nothing. */
  readonly sessionId: string
  /** Whether this login made the user. False for a session that was at hand. */
  readonly newUser: boolean
  /** The user as last seen in this run of the mini program; null after a cold start, until {@link MiniLogin.me}. */
  readonly user: User | null
}

/** How a request uses the session. */
export type SessionUse =
  /** Log in first when there is no session, and log in again once when the server ended it. */
  | 'required'
  /** Send the token when there is one; never log in. */
  | 'if-present'
  /** Never send the token. */
  | 'none'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface RequestOptions {
  /** Path below the base URL, beginning with `/`. */
  readonly path: string
  /** `GET` when absent. `wx.request` knows no PATCH. */
  readonly method?: Method
  readonly query?: Readonly<Record<string, string | number | boolean>>
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** `required` when absent. */
  readonly session?: SessionUse
}

/** An answer with a status of 2xx; every other status is a `MiniLoginError`. */
export interface Answer<T> {
  readonly status: number
  /** The JSON body; null when there was none. */
  readonly data: T
}

/** What happened, for logs and pages. No event holds a token, a code or a part of one. */
export type MiniLoginEvent =
  | { readonly type: 'login-started' }
  | { readonly type: 'login-resent'; readonly code: string }
  | { readonly type: 'login-succeeded'; readonly sessionId: string; readonly newUser: boolean }
  | { readonly type: 'login-failed'; readonly code: string; readonly action: Action }
  /** The server ended the session, or did not know it. */
  | { readonly type: 'session-ended'; readonly code: string; readonly reason: string | null }
  | { readonly type: 'logged-out'; readonly endedOnServer: boolean }
  /** The phone's storage failed; the session lives on in memory. */
  | { readonly type: 'storage-failed'; readonly operation: 'read' | 'write' | 'remove' }

/** Where the session outlives the mini program. Any method may throw: the library then goes on in memory. */
export interface Storage {
  /** The value, or anything else (`''`, undefined) when there is none. */
  get(key: string): unknown
  set(key: string, value: unknown): void
  remove(key: string): void
}

export interface MiniLoginOptions {
  /** Scheme, host and path prefix of the server, such as `https://api.example.com`. */
  readonly baseUrl: string
  /** The mini program's appid; WeChat's own answer when absent. */
  readonly appId?: string
  /** `develop`, `trial` or `release`: sessions of one are not seen by another; WeChat's own answer when absent. */
  readonly envVersion?: string
  /** The phone's storage (`wx.setStorageSync`) when absent. */
  readonly storage?: Storage
  readonly onEvent?: (event: MiniLoginEvent) => void
  /** WeChat's API; the global `wx` when absent. */
  readonly wx?: WxApi
  /** Longest wait for `wx.login`, in milliseconds; 8000 when absent. */
  readonly loginTimeoutMillis?: number
  /** Longest wait for an answer of the server, in milliseconds; 10000 when absent. */
  readonly requestTimeoutMillis?: number
  /** Longest wait for an upload and its answer, in milliseconds; 30000 when absent. */
  readonly uploadTimeoutMillis?: number
}

export interface LogOutResult {
  /** False when the server could not be told: its session then ends by itself, and nobody holds its token any more. */
  readonly endedOnServer: boolean
}

/** The client of a Mini Login server. Its methods reject with a `MiniLoginError`. */
export interface MiniLogin {
  /** Whether this phone holds a session. It asks nobody: the server may have ended it meanwhile. */
  isSignedIn(): boolean

  /**
   * Makes sure that there is a session: the one at hand, or a new one by `wx.login`. All callers share one login.
   * It is the only way back after {@link logOut}, so call it for what the user wants, such as a tap.
   *
   * @param options `renew: true` logs in although a session is at hand, so that the server gets a fresh session_key.
   */
  ensureSession(options?: { readonly renew?: boolean }): Promise<Session>

  /**
   * Sends a request to the server. When the server says that the session ended, the library logs in again and sends
   * the request once more, never a third time. It does not when the account is gone (`reason` `account-deleted`): a login
   * would make another account, so it counts as a log-out.
   */
  request<T>(options: RequestOptions): Promise<Answer<T>>

  /** Forgets the session on this phone at once and ends it on the server. Never rejects for a network failure. */
  logOut(): Promise<LogOutResult>

  me(): Promise<User>

  updateProfile(patch: ProfilePatch): Promise<User>

  /**
   * Uploads a picture as the user's avatar. When the server has avatars reviewed, the user keeps the old one until then.
   *
   * @param filePath a file on this phone, such as the temporary one of a button with `open-type="chooseAvatar"`: JPEG,
   *     PNG, WebP or GIF, at most 2 MiB
   */
  setAvatar(filePath: string): Promise<User>

  /**
   * Binds the phone number that WeChat vouches for. When another account has it, this fails with `phone-taken` and action
   * `confirm`: ask the user, and call this again with `move: true` and a proof from a new tap.
   */
  bindPhone(proof: PhoneProof, options?: { readonly move?: boolean }): Promise<User>

  unbindPhone(): Promise<User>

  /**
   * Whether the session_key that the server holds is still WeChat's current one. Ask before encrypted data goes to the
   * server, and renew the session when it is false. False also when it cannot be known: without a session, and when a
   * login that was not finished, in this run or in an earlier one, may have replaced the key. It says nothing about the
   * session itself, and nothing after a `wx.login` that was not this library's.
   */
  checkSessionKey(): Promise<boolean>
}
