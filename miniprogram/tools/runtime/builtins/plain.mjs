import { h } from '../dom.mjs'
import { resolveSource } from '../files.mjs'
import { defineBuiltin, emit } from './define.mjs'

const FIT = { scaleToFill: 'fill', aspectFit: 'contain', aspectFill: 'cover', widthFix: 'fill', heightFix: 'fill', center: 'none' }

/** view, text, icon, image, navigator, label and scroll-view. */
export function definePlain(space, services) {
  defineBuiltin(space, 'view', {})
  defineBuiltin(space, 'text', {
    properties: { selectable: false, userSelect: false, space: '', decode: false },
    create: (_, element) => ({ update: (data) => element.toggleAttribute('selectable', data.selectable || data.userSelect) }),
  })
  defineBuiltin(space, 'icon', {
    properties: { type: '', size: 23, color: '' },
    create: (_, element) => ({
      update(data) {
        element.dataset.type = data.type
        element.style.setProperty('--icon-size', `${data.size}px`)
        if (data.color) element.style.setProperty('--icon-color', data.color)
      },
    }),
  })
  defineImage(space, services)
  defineNavigator(space, services)
  defineLabel(space)
  defineScrollView(space)
}

function defineImage(space, services) {
  defineBuiltin(space, 'image', {
    properties: { src: '', mode: 'scaleToFill', lazyLoad: false, webp: false, showMenuByLongpress: false },
    create(component, element) {
      const image = h('img', { alt: '', draggable: false })
      image.addEventListener('load', () => emit(component, 'load', { width: image.naturalWidth, height: image.naturalHeight }))
      image.addEventListener('error', () => emit(component, 'error', { errMsg: 'GET image fail' }))
      element.append(image)
      return {
        update(data) {
          const source = resolveSource(data.src, services.router()?.pages.at(-1)?.route ?? '')
          if (source === '') image.removeAttribute('src')
          else if (image.getAttribute('src') !== source) image.setAttribute('src', source)
          image.style.objectFit = FIT[data.mode] ?? 'fill'
          image.alt = data.ariaLabel
          element.dataset.mode = data.mode
        },
      }
    },
  })
}

function defineNavigator(space, services) {
  const ways = { navigate: 'navigateTo', redirect: 'redirectTo', switchTab: 'switchTab', reLaunch: 'reLaunch', navigateBack: 'navigateBack' }
  defineBuiltin(space, 'navigator', {
    properties: { url: '', openType: 'navigate', delta: 1 },
    create(component, element) {
      element.setAttribute('role', 'link')
      component.addListener('tap', () => {
        const { url, openType, delta } = component.data
        services.router()[ways[openType]]({ url, delta }).then(
          () => emit(component, 'success', { errMsg: `${ways[openType]}:ok` }),
          (failure) => emit(component, 'fail', { errMsg: `${ways[openType]}:fail ${failure.reason}` }),
        )
      })
      return {}
    },
  })
}

function defineLabel(space) {
  const controls = 'wx-button, wx-checkbox, wx-radio, wx-switch, wx-input'
  defineBuiltin(space, 'label', {
    properties: { for: '' },
    create(component, element) {
      element.addEventListener('click', (event) => {
        if (event.target.closest(controls)) return
        const target = component.data.for ? document.getElementById(component.data.for) : element.querySelector(controls)
        target?.phoneActivate?.()
      })
      return {}
    },
  })
}

function defineScrollView(space) {
  defineBuiltin(space, 'scroll-view', {
    properties: { scrollX: false, scrollY: false, scrollTop: 0, scrollIntoView: '', scrollWithAnimation: false, type: 'list', enhanced: false, showScrollbar: true },
    create(component, element) {
      element.addEventListener('scroll', () => emit(component, 'scroll', { scrollTop: element.scrollTop, scrollLeft: element.scrollLeft }))
      let top = 0
      return {
        update(data) {
          element.style.overflowX = data.scrollX ? 'auto' : 'hidden'
          element.style.overflowY = data.scrollY ? 'auto' : 'hidden'
          if (data.scrollTop !== top) {
            top = data.scrollTop
            element.scrollTop = top
          }
          if (data.scrollIntoView) element.querySelector(`#${CSS.escape(data.scrollIntoView)}`)?.scrollIntoView()
        },
      }
    },
  })
}
