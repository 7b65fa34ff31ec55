import { h } from '../dom.mjs'
import { defineBuiltin, emit, setProperty } from './define.mjs'

/** radio-group and radio, checkbox-group and checkbox, switch. */
export function defineChoices(space) {
  defineGroup(space, 'radio-group', 'wx-radio', (chosen) => chosen[0] ?? '')
  defineGroup(space, 'checkbox-group', 'wx-checkbox', (chosen) => chosen)
  defineOption(space, 'radio', {
    toggle(component, element) {
      if (component.data.checked) return
      const group = element.closest('wx-radio-group')
      for (const other of group?.querySelectorAll('wx-radio') ?? []) if (other !== element) other.phoneOption.set(false)
      setProperty(component, 'checked', true)
      group?.phoneGroupChanged()
    },
  })
  defineOption(space, 'checkbox', {
    toggle(component, element) {
      setProperty(component, 'checked', !component.data.checked)
      element.closest('wx-checkbox-group')?.phoneGroupChanged()
    },
  })
  defineSwitch(space)
}

function defineGroup(space, tag, option, valueOf) {
  defineBuiltin(space, tag, {
    properties: { name: '' },
    create(component, element) {
      const options = () => [...element.querySelectorAll(option)].map((child) => child.phoneOption)
      const value = () => valueOf(options().filter((child) => child.checked()).map((child) => child.value()))
      if (tag === 'radio-group') element.setAttribute('role', 'radiogroup')
      element.phoneGroupChanged = () => emit(component, 'change', { value: value() })
      return { field: { value, reset: () => options().forEach((child) => child.reset()) } }
    },
  })
}

function defineOption(space, tag, { toggle }) {
  defineBuiltin(space, tag, {
    properties: { value: '', checked: false, disabled: false, color: '#07c160' },
    create(component, element) {
      const mark = h('span', { className: 'phone-mark' })
      element.prepend(mark)
      element.setAttribute('role', tag)
      let initial = false
      element.phoneOption = {
        checked: () => component.data.checked,
        value: () => component.data.value,
        set: (checked) => setProperty(component, 'checked', checked),
        reset: () => setProperty(component, 'checked', initial),
      }
      const activate = () => {
        if (!component.data.disabled) toggle(component, element)
      }
      element.addEventListener('click', activate)
      return {
        activate,
        remember() {
          initial = component.data.checked
        },
        update: (data) => showState(element, data),
      }
    },
  })
}

function defineSwitch(space) {
  defineBuiltin(space, 'switch', {
    properties: { name: '', checked: false, disabled: false, type: 'switch', color: '#07c160' },
    create(component, element) {
      element.append(h('span', { className: 'phone-switch' }))
      element.setAttribute('role', 'switch')
      let initial = false
      const activate = () => {
        if (component.data.disabled) return
        setProperty(component, 'checked', !component.data.checked)
        emit(component, 'change', { value: component.data.checked })
      }
      element.addEventListener('click', activate)
      return {
        activate,
        field: { value: () => component.data.checked, reset: () => setProperty(component, 'checked', initial) },
        remember() {
          initial = component.data.checked
        },
        update: (data) => showState(element, data),
      }
    },
  })
}

function showState(element, { checked, disabled, color }) {
  element.setAttribute('aria-checked', String(checked))
  element.setAttribute('aria-disabled', String(disabled))
  element.style.setProperty('--choice-color', color)
}
