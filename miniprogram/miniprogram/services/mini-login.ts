import { baseUrlFor } from '../config'
import { createMiniLogin, type MiniLoginEvent } from '../lib/mini-login-client/index'

type Listener = (event: MiniLoginEvent) => void

const listeners = new Set<Listener>()

/** The version that runs here. */
export const envVersion = wx.getAccountInfoSync().miniProgram.envVersion

/** The one client of the server, shared by all pages. */
export const miniLogin = createMiniLogin({
  baseUrl: baseUrlFor(envVersion),
  onEvent: (event) => {
    listeners.forEach((listener) => {
      listener(event)
    })
  },
})

/** Tells the listener about every login event, until the returned function is called. */
export function onLoginEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
