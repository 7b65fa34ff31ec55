import type { Storage, User } from './types'

/** A session's token with its lifetimes. */
export interface TokenGrant {
  readonly token: string
  readonly sessionId: string
  /** Seconds until the session ends for good. */
  readonly expiresIn: number
  /** Seconds until it ends when it is not used. */
  readonly idleExpiresIn: number
}

/** What the server answers to a login, as far as the store needs it. */
export interface Grant extends TokenGrant {
  readonly newUser: boolean
  readonly user: User
}

/** A session with its token. It never leaves the library. */
export interface HeldSession {
  readonly token: string
  readonly sessionId: string
  /** Counts the sessions of this run, so that a late answer about an old one is known as such. */
  readonly generation: number
  readonly newUser: boolean
  user: User | null
  /** Whether the server has the session_key of the last code: no other code was asked for since, nor was one on its way. */
  keyKnown: boolean
}

/** What lies in the storage. Times are the phone's own clock in milliseconds; only differences between them are used. */
interface StoredRecord {
  readonly baseUrl: string
  readonly token: string
  readonly sessionId: string
  readonly expiresIn: number
  readonly idleExpiresIn: number
  readonly receivedAt: number
  readonly usedAt: number
  readonly keyKnown: boolean
}

interface Lifetimes {
  readonly expiresIn: number
  readonly idleExpiresIn: number
  readonly receivedAt: number
  usedAt: number
  storedUsedAt: number
}

/** A session is renewed this long before its end, or a tenth of its life before when that is shorter. */
const LONGEST_MARGIN_SECONDS = 60

/**
 * The server moves a session's idle end at most this often, or after a tenth of its idle life when that is shorter, so
 * the storage need not know better.
 */
const LONGEST_SLIDE_SECONDS = 600

const SIGNED_OUT = 'signed-out'

/** The one session of this phone: in memory first, in the storage so that it outlives the mini program. */
export class SessionStore {
  private loaded = false
  private held: (HeldSession & Lifetimes) | null = null
  private out = false
  private generation = 0

  constructor(
    private readonly storage: Storage,
    private readonly keyPrefix: string,
    private readonly baseUrl: string,
    private readonly onStorageFailed: (operation: 'read' | 'write' | 'remove') => void,
  ) {}

  /** The session, ended or not; null when there is none. */
  current(): HeldSession | null {
    this.load()
    return this.held
  }

  /** The session if it is not near its end. */
  usable(): HeldSession | null {
    this.load()
    return this.held && !isNearEnd(this.held, Date.now()) ? this.held : null
  }

  /** Whether the user has logged out, so that only their own wish may log in again. */
  get signedOut(): boolean {
    this.load()
    return this.out
  }

  allowLogin(): void {
    this.load()
    this.out = false
  }

  /** Keeps a new session. `keyKnown` is false when the session_key of another code may have taken the place of this one's. */
  hold(grant: TokenGrant & Pick<HeldSession, 'newUser' | 'user'>, keyKnown: boolean): HeldSession {
    const now = Date.now()
    this.loaded = true
    this.generation += 1
    this.held = {
      token: grant.token,
      sessionId: grant.sessionId,
      generation: this.generation,
      newUser: grant.newUser,
      user: grant.user,
      keyKnown,
      expiresIn: grant.expiresIn,
      idleExpiresIn: grant.idleExpiresIn,
      receivedAt: now,
      usedAt: now,
      storedUsedAt: now,
    }
    this.save(this.held)
    return this.held
  }

  /** Takes the new token of a session, unless another session has taken its place meanwhile. */
  renew(old: HeldSession, grant: TokenGrant): void {
    const held = this.held
    if (held?.generation === old.generation) {
      this.hold({ ...grant, newUser: held.newUser, user: held.user }, held.keyKnown)
    }
  }

  /** Notes that the server accepted the session just now. */
  used(generation: number): void {
    const held = this.held
    if (held?.generation !== generation) {
      return
    }
    held.usedAt = Date.now()
    if (Math.abs(held.usedAt - held.storedUsedAt) >= slideMillis(held.idleExpiresIn)) {
      held.storedUsedAt = held.usedAt
      this.save(held)
    }
  }

  /** Notes that a code is about to be asked for, after which the server's session_key need not be WeChat's. */
  forgetKey(): void {
    this.load()
    if (this.held?.keyKnown) {
      this.held.keyKnown = false
      this.held.storedUsedAt = this.held.usedAt
      this.save(this.held)
    }
  }

  /** Drops the session of that generation. False when it is not the current one, because the answer came late. */
  drop(generation: number): boolean {
    if (this.held?.generation !== generation) {
      return false
    }
    this.held = null
    this.attempt('remove', () => {
      this.storage.remove(this.sessionKey())
    })
    return true
  }

  /** Forgets the session and remembers that the user wanted it so. */
  signOut(): HeldSession | null {
    this.load()
    const held = this.held
    this.held = null
    this.out = true
    this.attempt('write', () => {
      this.storage.set(this.sessionKey(), SIGNED_OUT)
    })
    return held
  }

  /** A random name of this installation: a label for "the same device", which authenticates nothing. */
  installId(): string {
    const key = `${this.keyPrefix}/install`
    const stored = this.attempt('read', () => this.storage.get(key))
    if (typeof stored === 'string' && stored !== '') {
      return stored
    }
    const made = this.madeInstallId ?? randomId()
    this.madeInstallId = made
    this.attempt('write', () => {
      this.storage.set(key, made)
    })
    return made
  }

  private madeInstallId: string | null = null

  private sessionKey(): string {
    return `${this.keyPrefix}/session`
  }

  private load(): void {
    if (this.loaded) {
      return
    }
    this.loaded = true
    const stored = this.attempt('read', () => this.storage.get(this.sessionKey()))
    if (stored === SIGNED_OUT) {
      this.out = true
    } else if (isRecord(stored) && stored.baseUrl === this.baseUrl) {
      const { token, sessionId, expiresIn, idleExpiresIn, receivedAt, usedAt, keyKnown } = stored
      this.generation += 1
      this.held = {
        token,
        sessionId,
        generation: this.generation,
        newUser: false,
        user: null,
        keyKnown,
        expiresIn,
        idleExpiresIn,
        receivedAt,
        usedAt,
        storedUsedAt: usedAt,
      }
    }
  }

  private save(held: HeldSession & Lifetimes): void {
    const record: StoredRecord = {
      baseUrl: this.baseUrl,
      token: held.token,
      sessionId: held.sessionId,
      expiresIn: held.expiresIn,
      idleExpiresIn: held.idleExpiresIn,
      receivedAt: held.receivedAt,
      usedAt: held.usedAt,
      keyKnown: held.keyKnown,
    }
    this.attempt('write', () => {
      this.storage.set(this.sessionKey(), record)
    })
  }

  private attempt<T>(operation: 'read' | 'write' | 'remove', action: () => T): T | undefined {
    try {
      return action()
    } catch {
      this.onStorageFailed(operation)
      return undefined
    }
  }
}

/** 128 random bits in hexadecimal. It has to be unique, not secret. */
export function randomId(): string {
  let id = ''
  while (id.length < 32) {
    id += Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  }
  return id
}

/** A clock that was set back makes a session look fresh; then the server decides. One set ahead costs a login. */
function isNearEnd(life: Lifetimes, now: number): boolean {
  return (
    secondsLeft(life.expiresIn, life.receivedAt, now) <= margin(life.expiresIn) ||
    secondsLeft(life.idleExpiresIn, life.usedAt, now) <= margin(life.idleExpiresIn)
  )
}

function secondsLeft(lifetime: number, since: number, now: number): number {
  return lifetime - (now - since) / 1000
}

function margin(lifetime: number): number {
  return Math.min(LONGEST_MARGIN_SECONDS, lifetime / 10)
}

function slideMillis(idleLifetime: number): number {
  return Math.min(LONGEST_SLIDE_SECONDS, idleLifetime / 10) * 1000
}

function isRecord(value: unknown): value is StoredRecord {
  if (typeof value !== 'object' || value === null) {
    return false
  }
  const record = value as Record<string, unknown>
  return (
    ['baseUrl', 'token', 'sessionId'].every((name) => typeof record[name] === 'string') &&
    ['expiresIn', 'idleExpiresIn', 'receivedAt', 'usedAt'].every((name) => Number.isFinite(record[name])) &&
    typeof record.keyKnown === 'boolean'
  )
}
