import { fill, texts } from '../../i18n/index'
import type { ErrorView } from '../../services/error-view'
import { describeError, type ErrorDescription } from './describe'

interface Data {
  description: ErrorDescription | null
  /** What stands on the button now: its label, or the seconds that are left. */
  label: string
  waiting: boolean
}

interface Custom {
  timer: number
  endsAt: number
}

const SECOND = 1000

/** Shows an error and the way on. Property `error`: an ErrorView or null. Event `retry`: the user wants another try. */
Component<
  Data,
  { error: { type: ObjectConstructor; value: ErrorView | null } },
  { show(error: ErrorView | null): void; tick(): void; onRetry(): void },
  [],
  Custom
>({
  properties: {
    error: { type: Object, value: null },
  },
  data: { description: null, label: '', waiting: false },
  observers: {
    error(error: ErrorView | null) {
      this.show(error)
    },
  },
  lifetimes: {
    detached() {
      clearTimeout(this.timer)
    },
  },
  methods: {
    show(error) {
      clearTimeout(this.timer)
      if (!error) {
        this.setData({ description: null })
        return
      }
      this.setData({ description: describeError(error, texts().errors) })
      this.endsAt = Date.now() + error.retryAfter * SECOND
      this.tick()
    },
    tick() {
      const left = Math.ceil((this.endsAt - Date.now()) / SECOND)
      const waiting = left > 0
      const label = waiting ? fill(texts().errors.retryIn, { seconds: left }) : (this.data.description?.label ?? '')
      this.setData({ waiting, label })
      if (waiting) {
        this.timer = setTimeout(() => {
          this.tick()
        }, SECOND)
      }
    },
    onRetry() {
      if (!this.data.waiting) {
        this.triggerEvent('retry')
      }
    },
  },
})
