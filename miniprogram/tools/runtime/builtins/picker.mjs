import { h } from '../dom.mjs'
import { words } from '../words.mjs'
import { defineBuiltin, emit, setProperty } from './define.mjs'
import { REGIONS } from './regions.mjs'

/** picker in the modes `selector` and `region`. */
export function definePicker(space, services) {
  defineBuiltin(space, 'picker', {
    properties: { name: '', mode: 'selector', range: [], rangeKey: '', value: null, disabled: false, headerText: '', level: 'sub-district', customItem: '' },
    create(component, element) {
      const open = async () => {
        if (component.data.disabled) return
        const { mode } = component.data
        const chosen = await (mode === 'region' ? chooseRegion(component.data, services.overlays) : chooseOne(component.data, services.overlays))
        if (chosen === null) {
          emit(component, 'cancel')
          return
        }
        setProperty(component, 'value', chosen.value)
        emit(component, 'change', chosen)
      }
      element.addEventListener('click', () => void open())
      let initial = null
      return {
        activate: () => void open(),
        remember() {
          initial = component.data.value
        },
        field: { value: () => component.data.value, reset: () => setProperty(component, 'value', initial) },
      }
    },
  })
}

/** Resolves to `{value: index}` or null. */
async function chooseOne({ range, rangeKey, value, headerText }, overlays) {
  const labels = range.map((item) => String(rangeKey ? item[rangeKey] : item))
  return openSheet(overlays, headerText, (columns) => {
    const column = createColumn(labels, Number(value ?? 0))
    columns.append(column.element)
    return () => ({ value: column.index() })
  })
}

/** Resolves to `{value: [province, city, district], code: [...], postcode}` or null. */
async function chooseRegion({ value, level, headerText }, overlays) {
  const depth = { province: 1, city: 2 }[level] ?? 3
  return openSheet(overlays, headerText, (columns) => {
    const wanted = Array.isArray(value) ? value : []
    const chosen = []
    const build = (at, options) => {
      chosen.length = at
      while (columns.children.length > at) columns.lastElementChild.remove()
      if (at >= depth || !options) return
      const start = Math.max(options.findIndex((option) => option.name === wanted[at]), 0)
      const column = createColumn(options.map((option) => option.name), start, (index) => {
        chosen[at] = options[index]
        build(at + 1, options[index].children)
      })
      columns.append(column.element)
      chosen[at] = options[start]
      build(at + 1, options[start].children)
    }
    build(0, REGIONS)
    return () => ({
      value: chosen.map((option) => option.name),
      code: chosen.map((option) => option.code),
      postcode: chosen.at(-1).postcode ?? '',
    })
  })
}

function openSheet(overlays, title, fill) {
  return overlays.showCustomSheet((answer) => {
    const columns = h('div', { className: 'phone-picker-columns' })
    const result = fill(columns)
    return [
      h('div', { className: 'phone-picker-head' }, [
        h('button', { type: 'button', textContent: words().cancel, onclick: () => answer(null) }),
        h('span', { textContent: title }),
        h('button', { type: 'button', className: 'phone-picker-confirm', textContent: words().confirm, onclick: () => answer(result()) }),
      ]),
      columns,
    ]
  })
}

function createColumn(labels, start, onChange = () => {}) {
  let current = Math.min(Math.max(start, 0), labels.length - 1)
  const list = h('div', { className: 'phone-picker-column' })
  list.setAttribute('role', 'listbox')
  const rows = labels.map((label, index) => {
    const row = h('button', { type: 'button', textContent: label, onclick: () => select(index) })
    row.setAttribute('role', 'option')
    return row
  })
  const mark = () => rows.forEach((row, index) => row.setAttribute('aria-selected', String(index === current)))
  const select = (index) => {
    current = index
    mark()
    onChange(index)
  }
  list.append(...rows)
  mark()
  return { element: list, index: () => current }
}
