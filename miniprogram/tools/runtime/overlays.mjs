import { h } from './dom.mjs'
import { words } from './words.mjs'

/** What WeChat draws above the pages: toasts, dialogs and sheets. One layer over the whole screen. */
export class Overlays {
  #layer
  #toast = null
  #toastTimer = 0

  constructor(screen) {
    this.#layer = h('div', { className: 'phone-overlays' })
    screen.append(this.#layer)
  }

  /** `duration` in milliseconds; 0 leaves it until {@link hideToast}. A new toast replaces the one on screen. */
  showToast({ title = '', icon = 'success', duration = 1500, mask = false }) {
    this.hideToast()
    const children = icon === 'none' ? [] : [h('span', { className: `phone-toast-icon phone-toast-${icon}`, ariaHidden: 'true' })]
    const box = h('div', { className: icon === 'none' ? 'phone-toast phone-toast-plain' : 'phone-toast' }, [...children, h('p', { textContent: title })])
    box.setAttribute('role', 'status')
    this.#toast = h('div', { className: mask ? 'phone-toast-area phone-toast-mask' : 'phone-toast-area' }, [box])
    this.#layer.append(this.#toast)
    if (duration > 0) this.#toastTimer = setTimeout(() => this.hideToast(), duration)
  }

  hideToast() {
    clearTimeout(this.#toastTimer)
    this.#toast?.remove()
    this.#toast = null
  }

  /** Resolves to `{confirm, cancel, content?}` as wx.showModal does. */
  showModal({ title = '', content = '', showCancel = true, cancelText = '取消', confirmText = '确定', cancelColor = '#000000', confirmColor = '#576b95', editable = false, placeholderText = '' }) {
    return this.#ask('dialog', (answer) => {
      const field = h('input', { className: 'phone-dialog-field', value: content, placeholder: placeholderText })
      const body = editable ? field : h('p', { className: 'phone-dialog-content', textContent: content })
      const confirmed = () => answer({ confirm: true, cancel: false, ...(editable ? { content: field.value } : {}) })
      const buttons = [
        ...(showCancel ? [choice(cancelText, cancelColor, () => answer({ confirm: false, cancel: true }))] : []),
        choice(confirmText, confirmColor, confirmed),
      ]
      const heading = title ? [h('h2', { textContent: title })] : []
      return [...heading, body, h('div', { className: 'phone-dialog-buttons' }, buttons)]
    })
  }

  /** Resolves to the index of the chosen item, or -1. Items are texts or elements. */
  showSheet(items, { title = '', cancelText = words().cancel, className = '' } = {}) {
    return this.#ask(`sheet ${className}`, (answer) => [
      ...(title ? [h('p', { className: 'phone-sheet-title', textContent: title })] : []),
      h('div', { className: 'phone-sheet-items' }, items.map((item, index) => {
        const button = h('button', { type: 'button', className: 'phone-sheet-item', onclick: () => answer(index) })
        button.append(item)
        return button
      })),
      h('button', { type: 'button', className: 'phone-sheet-item phone-sheet-cancel', textContent: cancelText, onclick: () => answer(-1) }),
    ])
  }

  /** A sheet with content of the caller's own; `build(answer)` returns its elements, `answer(value)` closes it. */
  showCustomSheet(build) {
    return this.#ask('sheet', build)
  }

  #ask(kind, build) {
    return new Promise((resolve) => {
      const mask = h('div', { className: 'phone-mask' })
      const box = h('div', { className: kind.split(' ').filter(Boolean).map((part, index) => (index === 0 ? `phone-${part}` : part)).join(' ') })
      box.setAttribute('role', 'dialog')
      box.append(...build((value) => {
        mask.remove()
        resolve(value)
      }))
      mask.append(box)
      this.#layer.append(mask)
    })
  }
}

function choice(text, color, onclick) {
  const button = h('button', { type: 'button', textContent: text, onclick })
  button.style.color = color
  return button
}
