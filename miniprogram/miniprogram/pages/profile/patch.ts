import type { ProfilePatch, User } from '../../lib/mini-login-client/index'

/** What the form holds; an empty text or gender 0 means "not given". */
export interface ProfileForm {
  readonly nickname: string
  /** 0 not given, 1 male, 2 female. */
  readonly gender: number
  /** Null when it was not edited. */
  readonly region: { readonly province: string; readonly city: string } | null
}

/** The fields in which the form differs from the user. What was emptied is cleared, not overwritten by a placeholder. */
export function patchOf(user: User, form: ProfileForm): ProfilePatch {
  const patch: ProfilePatch = {}
  const given = { nickname: form.nickname, ...form.region }
  for (const field of ['nickname', 'province', 'city'] as const) {
    const value = given[field] === '' ? null : given[field]
    if (value !== undefined && value !== user[field]) {
      patch[field] = value
    }
  }
  if (form.gender !== user.gender) {
    patch.gender = form.gender === 1 || form.gender === 2 ? form.gender : null
  }
  return patch
}
