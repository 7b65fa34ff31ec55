import { h } from './dom.mjs'
import { assetUrl } from './files.mjs'

/** Draws WeChat's own chrome around a page: status and navigation bar above, tab bar below. */
export function createBars(app, { back, switchTab }) {
  const items = (app.tabBar?.list ?? []).map((item) => ({ ...item }))
  const redraw = new Set()
  return {
    /** The bar of one page; `navigationStyle: custom` gives none, as on a phone. */
    navigationBar(config, { canGoBack }) {
      const window = { ...(app.window ?? {}), ...config }
      if (window.navigationStyle === 'custom') return { element: null, setTitle() {} }
      const title = h('h1', { className: 'phone-title', textContent: window.navigationBarTitleText ?? '' })
      const left = canGoBack
        ? h('button', { className: 'phone-back', type: 'button', ariaLabel: 'Back', onclick: () => void back() })
        : h('span')
      const bar = h('header', { className: 'phone-navigation' }, [
        h('div', { className: 'phone-status', ariaHidden: 'true' }, [h('span', { textContent: '9:41' }), h('span', { className: 'phone-battery' })]),
        h('div', { className: 'phone-navigation-row' }, [left, title, h('span', { className: 'phone-capsule', ariaHidden: 'true' })]),
      ])
      bar.style.backgroundColor = window.navigationBarBackgroundColor ?? '#ffffff'
      bar.style.color = window.navigationBarTextStyle === 'white' ? '#ffffff' : '#000000'
      return { element: bar, setTitle: (text) => { title.textContent = text } }
    },

    /** One bar per tab page; all of them follow {@link setTabBarItem}. */
    tabBar(current) {
      const { color = '#7a7e83', selectedColor = '#07c160', backgroundColor = '#ffffff' } = app.tabBar
      const tabs = items.map((item) => {
        const selected = item.pagePath === current
        const tab = h('button', { className: 'phone-tab', type: 'button', onclick: () => void switchTab(item.pagePath) })
        tab.style.color = selected ? selectedColor : color
        if (selected) tab.setAttribute('aria-current', 'page')
        const draw = () => {
          const icon = selected ? item.selectedIconPath ?? item.iconPath : item.iconPath
          tab.replaceChildren(...(icon ? [h('img', { src: assetUrl(`/${icon}`), alt: '' })] : []), h('span', { textContent: item.text }))
        }
        draw()
        redraw.add(draw)
        return tab
      })
      const bar = h('nav', { className: 'phone-tabs' }, tabs)
      bar.style.backgroundColor = backgroundColor
      return bar
    },

    setTabBarItem({ index, ...changes }) {
      const given = Object.entries(changes).filter(([, value]) => typeof value === 'string')
      Object.assign(items[index], Object.fromEntries(given))
      for (const draw of redraw) draw()
    },
  }
}
