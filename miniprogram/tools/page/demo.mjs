import { h } from '../runtime/dom.mjs'
import { loadSettings, storagePrefix } from '../runtime/settings.mjs'
import { createControls } from './controls.mjs'
import { SimulatorControl } from './simulator.mjs'
import { WireView } from './wire.mjs'

/** Calls to the phone that belong to the login; the others would drown them. */
const SHOWN_CALLS = ['login', 'checkSession']

/** The demo: the phone in a frame of its own on the left, what it causes on the right. */
export async function startDemo() {
  const settings = await loadSettings()
  const simulator = new SimulatorControl(settings)
  const phone = h('iframe', { className: 'screen', title: 'The mini program on a phone' })
  const wire = new WireView()
  const live = h('span', { className: 'live', textContent: 'connecting' })
  const launch = () => {
    const query = new URLSearchParams({ bare: '1', user: settings.user, appId: settings.appId, envVersion: settings.envVersion })
    phone.src = `./index.html?${query}`
  }

  await simulator.setOffline(false)
  const controls = createControls({
    users: await simulator.users(),
    user: settings.user,
    wechatDown: await simulator.hasFaults(),
    links: [['Simulator console', `${settings.simulator}/simulator/`], ['API docs', './docs/']],
    actions: {
      chooseUser(user) {
        settings.user = user
        launch()
      },
      relaunch: launch,
      clearStorage() {
        clearStorage(storagePrefix(settings))
        launch()
      },
      expireSessionKey: () => simulator.expireSessionKey(settings.user),
      setWeChatDown: (down) => (down ? simulator.breakWeChat() : simulator.repairWeChat()),
      async setOffline(offline) {
        await simulator.setOffline(offline)
        phone.contentWindow.__sim?.setOffline(offline)
      },
      clearWire: () => wire.clear(),
    },
  })

  document.body.className = 'demo'
  document.body.append(
    h('div', { className: 'phone' }, [phone]),
    h('div', { className: 'panel' }, [
      h('header', {}, [
        h('h1', { textContent: 'Mini Login' }),
        h('p', { textContent: 'A WeChat mini program, its login server and a simulated WeChat. Use the phone and watch the wire.' }),
        live,
      ]),
      controls,
      wire.element,
    ]),
  )
  addEventListener('message', ({ origin, data }) => {
    if (origin === location.origin && data?.type === 'mini-login-wx-call' && SHOWN_CALLS.includes(data.name)) wire.addPhoneCall(data.name)
  })
  for (const entry of await simulator.wire()) wire.addMessage(entry)
  follow(simulator, wire, live)
  launch()
}

function follow(simulator, wire, live) {
  const stream = simulator.wireStream()
  stream.addEventListener('wire', ({ data }) => wire.addMessage(JSON.parse(data)))
  const show = (state) => { live.textContent = live.dataset.state = state }
  stream.addEventListener('open', () => show('live'))
  stream.addEventListener('error', () => show('connection lost'))
}

function clearStorage(prefix) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix)) localStorage.removeItem(key)
  }
}
