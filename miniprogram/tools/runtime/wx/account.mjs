import { ApiFailure } from '../api-failure.mjs'
import { asyncApi, callbackApi, syncApi } from './calling.mjs'

/** login, checkSession and who this mini program is. */
export function accountApi({ settings, simulator }) {
  const who = { appId: settings.appId, user: settings.user }
  return {
    login: callbackApi('login', () => simulator.post('/client/login', who)),
    checkSession: asyncApi('checkSession', async () => {
      const { valid } = await simulator.post('/client/check-session', who)
      if (!valid) throw new ApiFailure('session time out, need relogin')
      return {}
    }),
    getAccountInfoSync: syncApi('getAccountInfoSync', () => ({
      miniProgram: { appId: settings.appId, envVersion: settings.envVersion, version: settings.envVersion === 'release' ? '0.1.0' : '' },
    })),
  }
}
