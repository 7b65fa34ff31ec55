import { h } from './dom.mjs'
import { Engine } from './engine.mjs'
import { useSavedFiles } from './files.mjs'
import { useHosts } from './hosts.mjs'
import { createRequire } from './modules.mjs'
import { installObservations, observations, recordError } from './observations.mjs'
import { Overlays } from './overlays.mjs'
import { ProgramApp } from './program-app.mjs'
import { Router } from './router.mjs'
import { loadSettings, storagePrefix } from './settings.mjs'
import { createWx } from './wx/index.mjs'
import { SimulatorClient } from './wx/simulator.mjs'

installObservations()

/** app.js calls this with the packed program. */
globalThis.miniProgramRuntime = {
  launch(program) {
    start(program).catch((error) => {
      recordError(error, 'start')
      document.body.append(h('p', { className: 'phone-broken', textContent: `The mini program did not start: ${error.message}` }))
    })
  },
}

async function start(program) {
  const settings = await loadSettings()
  const prefix = storagePrefix(settings)
  useSavedFiles(prefix)
  useHosts(settings.hosts)
  const screen = h('main', { className: 'phone-screen' })
  document.body.append(screen)
  const programApp = new ProgramApp()
  const phone = {
    settings,
    simulator: new SimulatorClient(settings),
    overlays: new Overlays(screen),
    programApp,
    network: { offline: false, listeners: new Set() },
    storagePrefix: prefix,
    router: () => router,
  }
  const engine = new Engine(program, { screen, overlays: phone.overlays, router: phone.router, user: () => settings.user, phoneNumber: phoneNumberOf(phone) })
  const wx = createWx(phone)
  const require = createRequire(program, {
    wx,
    ...engine.globals,
    App: (definition) => programApp.register(definition),
    getApp: () => programApp.instance,
    getCurrentPages: () => router.pages,
    __wxConfig: { envVersion: settings.envVersion },
  })
  const router = new Router({ program, engine, require, screen })

  const entry = program.app.entryPagePath ?? program.app.pages[0]
  const launchOptions = { path: entry, query: {}, scene: 1001, shareTicket: '', referrerInfo: {} }
  programApp.prepare(launchOptions)
  require('app')
  programApp.launch()
  router.launch(entry, {})
  Object.assign(observations, backgroundControls(programApp, router), { setOffline: (offline) => setOffline(phone.network, offline), wx, started: true })
}

/** What the phone-number button asks WeChat for; `deny` is the user's no. */
function phoneNumberOf({ settings, simulator }) {
  return (deny) => simulator.post('/client/phone-number', { appId: settings.appId, user: settings.user, deny })
}

function backgroundControls(programApp, router) {
  return {
    hide() {
      router.appHidden()
      programApp.hide()
    },
    show() {
      programApp.show()
      router.appShown()
    },
  }
}

/** Only what the phone says about its network; the simulator is who drops the requests. */
function setOffline(network, offline) {
  if (network.offline === offline) return
  network.offline = offline
  for (const listener of network.listeners) listener({ isConnected: !offline, networkType: offline ? 'none' : 'wifi' })
}
