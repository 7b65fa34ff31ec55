import { h } from '../dom.mjs'
import { words } from '../words.mjs'
import { defineBuiltin, emit, isolate, setProperty } from './define.mjs'

const INPUT_MODES = { number: 'numeric', digit: 'decimal', idcard: 'text', text: 'text', nickname: 'text' }
const PROPERTIES = {
  name: '', value: '', placeholder: '', placeholderStyle: '', placeholderClass: '', disabled: false, maxlength: 140, focus: false,
  cursorSpacing: 0, confirmType: 'done', confirmHold: false, adjustPosition: true, holdKeyboard: false, alwaysEmbed: false, cursor: -1,
  selectionStart: -1, selectionEnd: -1,
}

/** input and textarea. */
export function defineFields(space, services) {
  defineBuiltin(space, 'input', {
    properties: { ...PROPERTIES, type: 'text', password: false },
    create(component, element) {
      const field = h('input', { className: 'phone-field', autocomplete: 'off' })
      element.append(field)
      const wired = wire(component, field)
      field.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') emit(component, 'confirm', { value: field.value })
      })
      offerNickname(component, field, services, wired.changed)
      return {
        ...wired,
        update(data) {
          wired.update(data)
          field.type = data.password ? 'password' : 'text'
          field.inputMode = INPUT_MODES[data.type] ?? 'text'
        },
      }
    },
  })
  defineBuiltin(space, 'textarea', {
    properties: { ...PROPERTIES, autoHeight: false, fixed: false, showConfirmBar: true, disableDefaultPadding: false },
    create(component, element) {
      const field = h('textarea', { className: 'phone-field', rows: 3 })
      element.append(field)
      return wire(component, field)
    },
  })
}

function wire(component, field) {
  let initial = ''
  const changed = () => {
    setProperty(component, 'value', field.value)
    emit(component, 'input', { value: field.value, cursor: field.selectionStart ?? field.value.length, keyCode: 0 })
  }
  isolate(field, 'input', 'change', 'focus', 'blur', 'keydown', 'submit')
  field.addEventListener('input', changed)
  field.addEventListener('focus', () => emit(component, 'focus', { value: field.value, height: 0 }))
  field.addEventListener('blur', () => emit(component, 'blur', { value: field.value, cursor: field.value.length }))
  return {
    changed,
    remember() {
      initial = field.value
    },
    activate: () => field.focus(),
    field: {
      value: () => field.value,
      reset() {
        field.value = initial
        setProperty(component, 'value', initial)
      },
    },
    update(data) {
      const value = data.value === null || data.value === undefined ? '' : String(data.value)
      if (field.value !== value) field.value = value
      field.placeholder = data.placeholder
      field.disabled = data.disabled
      if (data.maxlength >= 0) field.maxLength = data.maxlength
      else field.removeAttribute('maxlength')
      if (data.ariaLabel) field.setAttribute('aria-label', data.ariaLabel)
      if (data.focus && document.activeElement !== field) requestAnimationFrame(() => field.focus())
    },
  }
}

/** `type="nickname"`: above the keyboard WeChat offers the user's own name; after leaving the field it reviews the text. */
function offerNickname(component, field, { screen, user }, changed) {
  let offer = null
  const close = () => {
    offer?.remove()
    offer = null
  }
  field.addEventListener('focus', () => {
    if (component.data.type !== 'nickname' || offer) return
    const name = user().replace(/^./, (letter) => letter.toUpperCase())
    const use = h('button', { type: 'button', textContent: name })
    use.addEventListener('mousedown', (event) => {
      event.preventDefault()
      field.value = name
      changed()
      close()
    })
    offer = h('div', { className: 'phone-nickname' }, [h('span', { textContent: words().useName }), use])
    screen.append(offer)
  })
  field.addEventListener('blur', () => {
    close()
    if (component.data.type === 'nickname') emit(component, 'nicknamereview', { pass: true, timeout: false })
  })
}
