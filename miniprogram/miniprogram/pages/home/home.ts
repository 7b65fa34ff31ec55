import { fill, texts, type Texts } from '../../i18n/index'
import type { User } from '../../lib/mini-login-client/index'
import { errorView, type ErrorView } from '../../services/error-view'
import { envVersion, miniLogin, onLoginEvent } from '../../services/mini-login'

type LoginState = 'busy' | 'signed-in' | 'signed-out'

interface UserView {
  readonly id: string
  readonly nickname: string
  readonly initial: string
  readonly avatar: string
  readonly since: string
}

interface Data {
  t: Texts['home']
  state: LoginState
  user: UserView | null
  error: ErrorView | null
  notice: string
  /** Index of the open question; -1 when all are closed. */
  openQuestion: number
  develop: boolean
  loading: boolean
  loadResult: string
}

interface Custom {
  /** Counts what the user and the page started, so that the result of something older is not shown. */
  turn: number
  retry: () => Promise<void>
  refresh(): Promise<void>
  showUser(turn: number, user: User): void
  showFailure(turn: number, error: unknown): void
  logIn(): Promise<void>
  logOut(): Promise<void>
  load20(): Promise<void>
  onRetry(): void
  openProfile(): void
  toggleQuestion(event: WechatMiniprogram.TouchEvent<object, object, { index: number }>): void
}

const PARALLEL_REQUESTS = 20

Page<Data, Custom>({
  data: {
    t: texts().home,
    state: 'signed-out',
    user: null,
    error: null,
    notice: '',
    openQuestion: -1,
    develop: envVersion === 'develop',
    loading: false,
    loadResult: '',
  },

  turn: 0,
  retry: () => Promise.resolve(),

  onShow() {
    void this.refresh()
  },

  async refresh() {
    const turn = ++this.turn
    this.retry = () => this.refresh()
    if (!miniLogin.isSignedIn()) {
      this.setData({ state: 'signed-out', user: null, error: null })
      return
    }
    this.setData({ state: this.data.user ? 'signed-in' : 'busy', error: null, notice: '' })
    try {
      this.showUser(turn, await miniLogin.me())
    } catch (error) {
      this.showFailure(turn, error)
    }
  },

  async logIn() {
    const turn = ++this.turn
    this.retry = () => this.logIn()
    this.setData({ state: 'busy', error: null, notice: '' })
    try {
      const session = await miniLogin.ensureSession()
      this.showUser(turn, session.user ?? (await miniLogin.me()))
    } catch (error) {
      this.showFailure(turn, error)
    }
  },

  async logOut() {
    const turn = ++this.turn
    this.setData({ state: 'busy', error: null, notice: '' })
    const { endedOnServer } = await miniLogin.logOut()
    if (turn === this.turn) {
      const notice = endedOnServer ? '' : this.data.t.loggedOutLocally
      this.setData({ state: 'signed-out', user: null, notice })
    }
  },

  showUser(turn, user) {
    if (turn !== this.turn) {
      return
    }
    const nickname = user.nickname ?? ''
    this.setData({
      state: 'signed-in',
      error: null,
      user: {
        id: user.id,
        nickname,
        initial: Array.from(nickname)[0] ?? '',
        avatar: user.avatarUrl ?? '',
        since: localDate(user.createdAt),
      },
    })
  },

  showFailure(turn, error) {
    if (turn !== this.turn) {
      return
    }
    const known = this.data.user !== null && miniLogin.isSignedIn()
    this.setData({
      state: known ? 'signed-in' : 'signed-out',
      user: known ? this.data.user : null,
      error: errorView(error),
    })
  },

  onRetry() {
    void (this.data.error?.action === 'log-in' ? this.logIn() : this.retry())
  },

  openProfile() {
    void wx.switchTab({ url: '/pages/profile/profile' })
  },

  toggleQuestion(event) {
    const { index } = event.currentTarget.dataset
    this.setData({ openQuestion: this.data.openQuestion === index ? -1 : index })
  },

  async load20() {
    const t = this.data.t.developer
    let logins = 0
    const stopCounting = onLoginEvent((event) => {
      logins += event.type === 'login-started' ? 1 : 0
    })
    this.setData({ loading: true, loadResult: t.running })
    const startedAt = Date.now()
    const successes = await Promise.all(Array.from({ length: PARALLEL_REQUESTS }, succeeds))
    stopCounting()
    const ok = successes.filter(Boolean).length
    const values = { ok, failed: PARALLEL_REQUESTS - ok, logins, millis: Date.now() - startedAt }
    this.setData({ loading: false, loadResult: fill(t.result, values) })
    await this.refresh()
  },
})

async function succeeds(): Promise<boolean> {
  try {
    await miniLogin.ensureSession()
    await miniLogin.me()
    return true
  } catch {
    return false
  }
}

/** The day of a time in the phone's own time zone, as `2026-11-22`. */
function localDate(iso: string): string {
  const time = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(time.getFullYear())}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
}
