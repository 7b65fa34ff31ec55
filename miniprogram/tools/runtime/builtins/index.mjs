import { defineButton } from './button.mjs'
import { defineChoices } from './choices.mjs'
import { defineFields } from './fields.mjs'
import { defineForm } from './form.mjs'
import { definePicker } from './picker.mjs'
import { definePlain } from './plain.mjs'

/**
 * Defines every name of `BUILTIN_NAMES`. `services` are what components need of the phone:
 * `{overlays, router(), user(), phoneNumber(deny)}`; the router does not exist yet at this time, hence a function.
 */
export function defineBuiltins(space, services) {
  definePlain(space, services)
  defineButton(space, services)
  defineForm(space)
  defineFields(space, services)
  defineChoices(space)
  definePicker(space, services)
}
