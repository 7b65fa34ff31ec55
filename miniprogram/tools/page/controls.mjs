import { h } from '../runtime/dom.mjs'

/**
 * The panel above the diagram. `actions` does the work: `{chooseUser(user), relaunch(), clearStorage(),
 * expireSessionKey(), setWeChatDown(boolean), setOffline(boolean), clearWire()}`; each may return a Promise.
 */
export function createControls({ users, user, wechatDown, links, actions }) {
  const notice = h('p', { className: 'notice' })
  notice.setAttribute('role', 'status')
  const attempt = async (work, done = '') => {
    try {
      await work()
      notice.textContent = done
    } catch (error) {
      notice.textContent = error.message
    }
  }
  const group = (label, children) => h('div', { className: 'group' }, [h('span', { className: 'group-label', textContent: label }), h('div', { className: 'group-row' }, children)])
  return h('section', { className: 'controls' }, [
    group('WeChat user', [userChoice(users, user, (chosen) => attempt(() => actions.chooseUser(chosen), `The phone is ${chosen}'s now.`))]),
    group('Mini program', [
      button('relaunch', 'Relaunch', () => attempt(actions.relaunch, 'Relaunched; its storage was kept.')),
      button('clear-storage', 'Clear storage', () => attempt(actions.clearStorage, 'Storage cleared and relaunched.')),
      button('expire-key', 'Expire session_key', () => attempt(actions.expireSessionKey, 'wx.checkSession fails from now on.')),
    ]),
    group('Trouble', [
      toggle('wechat-down', 'WeChat down', wechatDown, (on) => attempt(() => actions.setWeChatDown(on), on ? 'WeChat cuts every connection. Log out and in to see it.' : 'WeChat is back.')),
      toggle('offline', 'Phone offline', false, (on) => attempt(() => actions.setOffline(on), on ? 'The phone has no network.' : 'The phone is online.')),
    ]),
    group('More', [
      ...links.map(([text, href]) => h('a', { href, target: '_blank', rel: 'noopener', textContent: text })),
      button('clear-wire', 'Clear diagram', () => attempt(actions.clearWire)),
    ]),
    notice,
  ])
}

function button(id, text, onclick) {
  return h('button', { id, type: 'button', textContent: text, onclick })
}

function toggle(id, text, on, change) {
  const box = h('input', { id, type: 'checkbox', checked: on, onchange: () => change(box.checked) })
  return h('label', { className: 'toggle' }, [box, h('span', { textContent: text })])
}

function userChoice(users, current, change) {
  const options = users.map((user) => {
    const radio = h('input', { type: 'radio', name: 'user', value: user, checked: user === current, onchange: () => change(user) })
    return h('label', {}, [radio, h('span', { textContent: user })])
  })
  return h('div', { className: 'segments' }, options)
}
