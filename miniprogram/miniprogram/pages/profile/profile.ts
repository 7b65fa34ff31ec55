import { texts, type Texts } from '../../i18n/index'
import type { User } from '../../lib/mini-login-client/index'
import { keepAvatar, readAvatar, removeAvatar, type LocalAvatar } from '../../services/avatar'
import { errorView, type ErrorView } from '../../services/error-view'
import { miniLogin } from '../../services/mini-login'
import { patchOf, type ProfileForm } from './patch'

type View = 'guest' | 'busy' | 'form'
type SavedState = 'idle' | 'saving' | 'saved' | 'failed'

interface Data {
  t: Texts['profile']
  view: View
  user: User | null
  avatar: LocalAvatar | null
  nickname: string
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
  retry: () => Promise<void>
  refresh(): Promise<void>
  logIn(): Promise<void>
  save(form: ProfileForm): Promise<void>
  showUser(user: User): void
  setSaved(saved: SavedState): void
  onRetry(): void
  onEdit(): void
  onChooseAvatar(event: WechatMiniprogram.CustomEvent<{ avatarUrl: string }>): Promise<void>
  onRemoveAvatar(): void
  onGender(event: WechatMiniprogram.PickerChange): void
  onRegion(event: WechatMiniprogram.CustomEvent<{ value: string[] }>): void
  onClearRegion(): void
  onSubmit(event: WechatMiniprogram.CustomEvent<{ value: { nickname: string } }>): void
}

const NICKNAME_LIMIT = 32

Page<Data, Custom>({
  data: {
    t: texts().profile,
    view: 'guest',
    user: null,
    avatar: null,
    nickname: '',
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
  retry: () => Promise.resolve(),

  onShow() {
    if (this.dirty && miniLogin.isSignedIn()) {
      return
    }
    void this.refresh()
  },

  async refresh() {
    const turn = ++this.turn
    this.retry = () => this.refresh()
    if (!miniLogin.isSignedIn()) {
      this.dirty = false
      this.setData({ view: 'guest', user: null, error: null })
      return
    }
    this.setData({ view: this.data.user ? 'form' : 'busy', error: null })
    try {
      const user = await miniLogin.me()
      if (turn === this.turn && !this.dirty) {
        this.showUser(user)
        this.setSaved('idle')
      }
    } catch (error) {
      if (turn === this.turn) {
        const view = miniLogin.isSignedIn() && this.data.user ? 'form' : 'guest'
        this.setData({ view, error: errorView(error) })
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
      if (turn === this.turn) {
        this.showUser(updated)
        this.setSaved('saved')
      }
    } catch (error) {
      if (turn === this.turn) {
        this.setSaved('failed')
        this.setData({ error: errorView(error) })
      }
    }
  },

  showUser(user) {
    this.dirty = false
    this.regionEdited = false
    this.setData({
      view: 'form',
      user,
      avatar: readAvatar(user.id),
      nickname: user.nickname ?? '',
      gender: user.gender,
      region: user.province === null && user.city === null ? [] : [user.province ?? '', user.city ?? ''],
      nicknameProblem: '',
    })
  },

  setSaved(saved) {
    const { t } = this.data
    const savedText = { idle: '', saving: t.saving, saved: t.saved, failed: t.failed }[saved]
    this.setData({ saved, savedText })
  },

  onRetry() {
    void (this.data.error?.action === 'log-in' ? this.logIn() : this.retry())
  },

  onEdit() {
    this.dirty = true
    this.setSaved('idle')
  },

  async onChooseAvatar(event) {
    const user = this.data.user
    if (user) {
      const avatar = await keepAvatar(user.id, event.detail.avatarUrl)
      this.setData({ avatar })
    }
  },

  onRemoveAvatar() {
    if (this.data.user) {
      removeAvatar(this.data.user.id)
      this.setData({ avatar: null })
    }
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
