import { fill, texts, type Texts } from '../../i18n/index'
import type { FieldReview, User } from '../../lib/mini-login-client/index'
import { errorView, type ErrorView } from '../../services/error-view'
import { miniLogin } from '../../services/mini-login'
import { patchOf, type ProfileForm } from './patch'

type View = 'guest' | 'busy' | 'form'
/** `refused`: the rest was saved, and the nickname did not pass its review. */
type SavedState = 'idle' | 'saving' | 'saved' | 'refused' | 'failed'

interface Data {
  t: Texts['profile']
  view: View
  user: User | null
  nickname: string
  /** How the review of a new nickname stands. */
  nicknameState: FieldReview['state'] | 'none'
  nicknameNote: string
  /** Index in the gender picker, which is the gender's own number. */
  gender: number
  /** Province and city, one of which may be an empty text; an empty list when neither is known. */
  region: string[]
  saved: SavedState
  savedText: string
  nicknameProblem: string
  error: ErrorView | null
}

interface Custom {
  turn: number
  /** Whether the form holds what the server has not got yet. */
  dirty: boolean
  regionEdited: boolean
  /** Counts the changes that the server has made, so that an answer from before one is not shown after it. */
  changes: number
  reviewTimer: number
  /** How often the server has been asked how the reviews stand. */
  reviewChecks: number
  retry: () => Promise<void>
  refresh(): Promise<void>
  logIn(): Promise<void>
  save(form: ProfileForm): Promise<void>
  showUser(user: User): void
  fillForm(user: User): void
  planReviewCheck(): void
  checkReviews(): Promise<void>
  setSaved(saved: SavedState): void
  onRetry(): void
  onEdit(): void
  onUserChanged(event: WechatMiniprogram.CustomEvent<User>): void
  onCardFailed(event: WechatMiniprogram.CustomEvent<ErrorView>): void
  onGender(event: WechatMiniprogram.PickerChange): void
  onRegion(event: WechatMiniprogram.CustomEvent<{ value: string[] }>): void
  onClearRegion(): void
  onSubmit(event: WechatMiniprogram.CustomEvent<{ value: { nickname: string } }>): void
}

const NICKNAME_LIMIT = 32

/** The pauses before the server is asked how the reviews stand, in milliseconds; after the last one it is left alone. */
const REVIEW_PAUSES: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

Page<Data, Custom>({
  data: {
    t: texts().profile,
    view: 'guest',
    user: null,
    nickname: '',
    nicknameState: 'none',
    nicknameNote: '',
    gender: 0,
    region: [],
    saved: 'idle',
    savedText: '',
    nicknameProblem: '',
    error: null,
  },

  turn: 0,
  dirty: false,
  regionEdited: false,
  changes: 0,
  reviewTimer: 0,
  reviewChecks: 0,
  retry: () => Promise.resolve(),

  onShow() {
    this.reviewChecks = 0
    if (this.dirty && miniLogin.isSignedIn()) {
      this.planReviewCheck()
      return
    }
    void this.refresh()
  },

  onHide() {
    clearTimeout(this.reviewTimer)
    this.reviewChecks = REVIEW_PAUSES.length
  },

  async refresh() {
    const turn = ++this.turn
    const { changes } = this
    this.retry = () => this.refresh()
    if (!miniLogin.isSignedIn()) {
      this.dirty = false
      this.setData({ view: 'guest', user: null, error: null })
      return
    }
    this.setData({ view: this.data.user ? 'form' : 'busy', error: null })
    try {
      const user = await miniLogin.me()
      if (turn === this.turn && changes === this.changes && !(this.dirty && user.id === this.data.user?.id)) {
        this.showUser(user)
        this.fillForm(user)
        this.setSaved('idle')
      }
    } catch (error) {
      if (turn === this.turn) {
        const user = miniLogin.isSignedIn() ? this.data.user : null
        this.setData({ view: user ? 'form' : 'guest', user, error: errorView(error) })
      }
    }
  },

  async logIn() {
    const turn = ++this.turn
    this.retry = () => this.logIn()
    this.setData({ view: 'busy', error: null })
    try {
      await miniLogin.ensureSession()
      await this.refresh()
    } catch (error) {
      if (turn === this.turn) {
        this.setData({ view: 'guest', error: errorView(error) })
      }
    }
  },

  async save(form) {
    const user = this.data.user
    if (!user || this.data.saved === 'saving') {
      return
    }
    const turn = ++this.turn
    this.retry = () => this.save(form)
    this.setData({ error: null })
    this.setSaved('saving')
    try {
      const patch = patchOf(user, form)
      const updated = Object.keys(patch).length === 0 ? user : await miniLogin.updateProfile(patch)
      this.changes += 1
      if (turn === this.turn) {
        this.showUser(updated)
        this.fillForm(updated)
        this.setSaved(patch.nickname && nicknameReview(updated)?.state === 'refused' ? 'refused' : 'saved')
      }
    } catch (error) {
      if (turn === this.turn) {
        this.setSaved('failed')
        this.setData({ error: errorView(error) })
      }
    }
  },

  showUser(user) {
    const { t } = this.data
    const review = nicknameReview(user)
    const nicknameState = review?.state ?? 'none'
    const notes = { none: '', refused: t.nicknameRefused, 'in-review': fill(t.nicknameInReview, { nickname: review?.value ?? '' }) }
    this.setData({ view: 'form', user, nicknameState, nicknameNote: notes[nicknameState] })
    this.planReviewCheck()
  },

  fillForm(user) {
    this.dirty = false
    this.regionEdited = false
    this.setData({
      nickname: user.nickname ?? '',
      gender: user.gender,
      region: user.province === null && user.city === null ? [] : [user.province ?? '', user.city ?? ''],
      nicknameProblem: '',
    })
  },

  planReviewCheck() {
    clearTimeout(this.reviewTimer)
    const pause = REVIEW_PAUSES[this.reviewChecks]
    if (pause !== undefined && this.data.user?.reviews.some((review) => review.state === 'in-review')) {
      this.reviewTimer = setTimeout(() => {
        this.reviewChecks += 1
        void this.checkReviews()
      }, pause)
    }
  },

  async checkReviews() {
    const { turn, changes } = this
    try {
      const user = await miniLogin.me()
      if (turn === this.turn && changes === this.changes) {
        this.showUser(user)
        if (!this.dirty) {
          this.fillForm(user)
        }
      }
    } catch {
      // Nobody asked for it; the page asks again when it is shown.
    }
  },

  setSaved(saved) {
    const { t } = this.data
    const savedText = { idle: '', saving: t.saving, saved: t.saved, refused: t.refused, failed: t.failed }[saved]
    this.setData({ saved, savedText })
  },

  onRetry() {
    void (this.data.error?.action === 'log-in' ? this.logIn() : this.retry())
  },

  onEdit() {
    this.dirty = true
    this.setSaved('idle')
  },

  onUserChanged(event) {
    this.changes += 1
    this.reviewChecks = 0
    this.setData({ error: null })
    this.showUser(event.detail)
  },

  onCardFailed(event) {
    this.setData({ error: event.detail })
  },

  onGender(event) {
    this.onEdit()
    this.setData({ gender: Number(event.detail.value) })
  },

  onRegion(event) {
    const [province = '', city = ''] = event.detail.value
    this.regionEdited = true
    this.onEdit()
    this.setData({ region: [province, city] })
  },

  onClearRegion() {
    this.regionEdited = true
    this.onEdit()
    this.setData({ region: [] })
  },

  onSubmit(event) {
    const nickname = event.detail.value.nickname.trim()
    if (Array.from(nickname).length > NICKNAME_LIMIT) {
      this.setData({ nicknameProblem: this.data.t.nicknameTooLong })
      return
    }
    const [province = '', city = ''] = this.data.region
    this.setData({ nickname, nicknameProblem: '' })
    void this.save({ nickname, gender: this.data.gender, region: this.regionEdited ? { province, city } : null })
  },
})

function nicknameReview(user: User): FieldReview | undefined {
  return user.reviews.find(({ field }) => field === 'nickname')
}
