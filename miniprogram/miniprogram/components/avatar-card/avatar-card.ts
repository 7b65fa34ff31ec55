import { fill, texts, type Texts } from '../../i18n/index'
import type { User } from '../../lib/mini-login-client/index'
import { failureOf } from '../../services/failure'
import { miniLogin } from '../../services/mini-login'

interface Data {
  t: Texts['profile']
  /** What is going on: one of the user's own doings, or else how the review of the picture stands. */
  state: 'idle' | 'working' | 'failed' | 'in-review' | 'refused'
  note: string
  /** The picture that was chosen and is not shown to others yet, while this phone has it; else empty. */
  chosen: string
  again: boolean
}

interface Custom {
  current: User | null
}

/**
 * The user's avatar. Property `user`. Event `changed`: the user as the server has them now; event `failed`: an ErrorView
 * that concerns more than the avatar.
 */
Component<
  Data,
  { user: { type: ObjectConstructor; value: User | null } },
  {
    show(user: User | null): void
    change(save: () => Promise<User>): Promise<void>
    upload(): void
    onChoose(event: WechatMiniprogram.CustomEvent<{ avatarUrl: string }>): void
    onRemove(): void
  },
  [],
  Custom
>({
  properties: {
    user: { type: Object, value: null },
  },
  data: { t: texts().profile, state: 'idle', note: '', chosen: '', again: false },
  observers: {
    user(user: User | null) {
      const isAnother = user?.id !== this.current?.id
      this.current = user
      if (isAnother) {
        this.setData({ chosen: '' })
      }
      if (isAnother || (this.data.state !== 'working' && this.data.state !== 'failed')) {
        this.show(user)
      }
    },
  },
  methods: {
    show(user) {
      const { t } = this.data
      const review = user?.reviews.find(({ field }) => field === 'avatarUrl')?.state
      const note = { 'in-review': t.avatarInReview, refused: t.avatarRefused, idle: t.avatarUploads }[review ?? 'idle']
      this.setData({ state: review ?? 'idle', note, again: false, ...(review === 'in-review' ? {} : { chosen: '' }) })
    },

    async change(save) {
      const { t } = this.data
      const id = this.current?.id
      this.setData({ state: 'working', note: t.working, again: false })
      try {
        const user = await save()
        if (id === this.current?.id) {
          this.show(user)
          this.triggerEvent('changed', user)
        }
      } catch (error) {
        if (id === this.current?.id) {
          const { why, again, view } = failureOf(error)
          this.setData({ state: 'failed', note: fill(t.notDone, { why: why ?? '' }).trim(), again: again && this.data.chosen !== '' })
          if (why === null) {
            this.triggerEvent('failed', view)
          }
        }
      }
    },

    upload() {
      const { chosen } = this.data
      void this.change(() => miniLogin.setAvatar(chosen))
    },

    onChoose(event) {
      this.setData({ chosen: event.detail.avatarUrl })
      this.upload()
    },

    onRemove() {
      this.setData({ chosen: '' })
      void this.change(() => miniLogin.updateProfile({ avatarUrl: null }))
    },
  },
})
