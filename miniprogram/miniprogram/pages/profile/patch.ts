import type { ProfilePatch, User } from '../../lib/mini-login-client/index'

/** What the form holds; an empty text or gender 0 means "not given". */
export interface ProfileForm {
  readonly nickname: string
  /** 0 not given, 1 male, 2 female. */
  readonly gender: number
  readonly province: string
  readonly city: string
}

/** The fields in which the form differs from the user. What was emptied is cleared, not overwritten by a placeholder. */
export function patchOf(user: User, form: ProfileForm): ProfilePatch {
  const patch: ProfilePatch = {}
  for (const field of ['nickname', 'province', 'city'] as const) {
    const value = form[field] === '' ? null : form[field]
    if (value !== user[field]) {
      patch[field] = value
    }
  }
  if (form.gender !== user.gender) {
    patch.gender = form.gender === 1 || form.gender === 2 ? form.gender : null
  }
  return patch
}
