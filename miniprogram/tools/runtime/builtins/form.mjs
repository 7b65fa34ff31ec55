import { defineBuiltin, emit } from './define.mjs'

const forms = new WeakMap()

export function defineForm(space) {
  defineBuiltin(space, 'form', {
    properties: { reportSubmit: false, reportSubmitTimeout: 0 },
    create(component, element) {
      forms.set(element, component)
      return {}
    },
  })
}

/** Sends `submit` with the values of all named fields of the form around `element`. */
export function submitForm(element) {
  const form = element.closest('wx-form')
  if (!form) return
  const value = {}
  for (const field of fieldsOf(form)) {
    if (field.name()) value[field.name()] = field.value()
  }
  emit(forms.get(form), 'submit', { value, target: { id: element.id } })
}

export function resetForm(element) {
  const form = element.closest('wx-form')
  if (!form) return
  for (const field of fieldsOf(form)) field.reset()
  emit(forms.get(form), 'reset')
}

function fieldsOf(form) {
  return [...form.querySelectorAll('*')].filter((element) => element.phoneField).map((element) => element.phoneField)
}
