import { fill, texts, type Texts } from '../../i18n/index'
import { MiniLoginError, type PhoneProof, type User } from '../../lib/mini-login-client/index'
import { failureOf } from '../../services/failure'
import { miniLogin } from '../../services/mini-login'
import { phoneAnswer, type PhoneDetail } from './phone-answer'

interface Data {
  t: Texts['profile']
  /**
   * `denied`, `no-quota`, `unavailable`: WeChat gave no number; `move`: the next tap takes the number away from another
   * account; `left`: the user leaves it there.
   */
  state: 'idle' | 'working' | 'denied' | 'no-quota' | 'unavailable' | 'move' | 'left' | 'failed'
  note: string
}

interface Custom {
  current: User | null
}

/** Problems of a session_key that the server does not have, or not any more: only a login gives it the new one. */
const SOLVED_BY_A_LOGIN: readonly string[] = ['session-key-stale', 'open-data-refused']

/**
 * The user's phone number. Property `user`. Event `changed`: the user as the server has them now; event `failed`: an
 * ErrorView that concerns more than the number.
 */
Component<
  Data,
  { user: { type: ObjectConstructor; value: User | null } },
  {
    setState(state: Data['state'], note?: string): void
    change(save: () => Promise<User>): Promise<void>
    fail(error: unknown): Promise<void>
    askMove(): Promise<void>
    onPhoneNumber(event: WechatMiniprogram.CustomEvent<PhoneDetail>): Promise<void>
    bindNumber(proof: PhoneProof): Promise<void>
    onUnbind(): Promise<void>
  },
  [],
  Custom
>({
  properties: {
    user: { type: Object, value: null },
  },
  data: { t: texts().profile, state: 'idle', note: '' },
  observers: {
    user(user: User | null) {
      if (user?.id !== this.current?.id) {
        this.setState('idle')
      }
      this.current = user
    },
  },
  methods: {
    setState(state, note = '') {
      this.setData({ state, note })
    },

    async onPhoneNumber(event) {
      const t = this.data.t.phone
      const answer = phoneAnswer(event.detail)
      switch (answer.type) {
        case 'proof':
          return this.bindNumber(answer.proof)
        case 'denied':
          this.setState('denied', t.denied)
          return
        case 'no-quota':
          this.setState('no-quota', t.noQuota)
          return
        case 'unavailable':
          this.setState('unavailable', t.unavailable)
      }
    },

    bindNumber(proof) {
      const move = this.data.state === 'move'
      return this.change(() => miniLogin.bindPhone(proof, { move }))
    },

    async onUnbind() {
      const { title, text, confirm, cancel } = this.data.t.phone.askUnbind
      const answer = await wx.showModal({ title, content: text, confirmText: confirm, cancelText: cancel })
      if (answer.confirm) {
        await this.change(() => miniLogin.unbindPhone())
      }
    },

    async change(save) {
      const id = this.current?.id
      this.setState('working', this.data.t.working)
      try {
        const user = await save()
        if (id === this.current?.id) {
          this.setState('idle')
          this.triggerEvent('changed', user)
        }
      } catch (error) {
        const reason = await afterRenewal(error)
        if (id === this.current?.id) {
          await this.fail(reason)
        }
      }
    },

    async fail(error) {
      const { t } = this.data
      const { why, view } = failureOf(error)
      if (view.code === 'phone-taken') {
        await this.askMove()
        return
      }
      this.setState('failed', fill(t.notDone, { why: why ?? '' }).trim())
      if (why === null) {
        this.triggerEvent('failed', view)
      }
    },

    async askMove() {
      const t = this.data.t.phone
      const { title, text, confirm, cancel } = t.askMove
      const answer = await wx.showModal({ title, content: text, confirmText: confirm, cancelText: cancel })
      if (answer.confirm) {
        this.setState('move', t.moveNow)
      } else {
        this.setState('left', t.leftThere)
      }
    },
  },
})

/** Logs in when that is what the next try needs. Gives the error to show: the one given, or why there is no login. */
async function afterRenewal(error: unknown): Promise<unknown> {
  if (!(error instanceof MiniLoginError && SOLVED_BY_A_LOGIN.includes(error.code))) {
    return error
  }
  try {
    await miniLogin.ensureSession({ renew: true })
    return error
  } catch (failure) {
    return failure
  }
}
