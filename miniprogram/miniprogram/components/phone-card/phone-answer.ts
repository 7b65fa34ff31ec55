import type { PhoneProof } from '../../lib/mini-login-client/index'

/** The detail of the event of a button with `open-type="getPhoneNumber"`, as far as it is used. */
export interface PhoneDetail {
  readonly errMsg: string
  readonly errno?: number
  /** Since base library 2.21.2. */
  readonly code?: string
  readonly encryptedData?: string
  readonly iv?: string
}

export type PhoneAnswer =
  | { readonly type: 'proof'; readonly proof: PhoneProof }
  /** The user said no, to the number or to the privacy agreement. */
  | { readonly type: 'denied' }
  /** The mini program has no calls left that WeChat lets it make. */
  | { readonly type: 'no-quota' }
  | { readonly type: 'unavailable' }

const ERRNO_NO_QUOTA = 1400001

/** What WeChat answered to a tap on the button. */
export function phoneAnswer({ errMsg, errno, code, encryptedData, iv }: PhoneDetail): PhoneAnswer {
  if (code) {
    return { type: 'proof', proof: { code } }
  }
  if (encryptedData && iv) {
    return { type: 'proof', proof: { encryptedData, iv } }
  }
  if (errno === ERRNO_NO_QUOTA || errMsg.includes('no enough quota')) {
    return { type: 'no-quota' }
  }
  // Android writes `fail:user deny`, iOS `fail user deny`.
  return { type: /user deny|privacy permission is not authorized/.test(errMsg) ? 'denied' : 'unavailable' }
}
