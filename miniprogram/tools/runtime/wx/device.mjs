import { phoneLanguage } from '../words.mjs'
import { asyncApi, syncApi } from './calling.mjs'

const SDK_VERSION = '3.8.12'
const STATUS_BAR_HEIGHT = 44

/** What the phone and WeChat say about themselves. The model shows in the wire log that no real phone is at work. */
export function deviceApi({ programApp, network }) {
  const device = () => ({ abi: '', benchmarkLevel: -1, brand: 'Mini Login', model: 'Browser phone', platform: 'devtools', system: 'iOS 18.0', cpuType: '', memorySize: '' })
  const base = () => ({ SDKVersion: SDK_VERSION, version: '8.0.60', language: phoneLanguage() === 'zh' ? 'zh_CN' : 'en', theme: 'light', fontSizeSetting: 17, enableDebug: false, host: { env: 'WeChat' } })
  const view = () => ({
    pixelRatio: devicePixelRatio,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    windowWidth: innerWidth,
    windowHeight: innerHeight,
    statusBarHeight: STATUS_BAR_HEIGHT,
    screenTop: 0,
    safeArea: { left: 0, right: innerWidth, top: STATUS_BAR_HEIGHT, bottom: innerHeight, width: innerWidth, height: innerHeight - STATUS_BAR_HEIGHT },
  })
  const system = () => ({ ...device(), ...base(), ...view() })
  return {
    getDeviceInfo: syncApi('getDeviceInfo', device),
    getAppBaseInfo: syncApi('getAppBaseInfo', base),
    getWindowInfo: syncApi('getWindowInfo', view),
    getSystemInfoSync: syncApi('getSystemInfoSync', system),
    getSystemInfo: asyncApi('getSystemInfo', async () => system()),
    getLaunchOptionsSync: syncApi('getLaunchOptionsSync', () => programApp.launchOptions),
    getEnterOptionsSync: syncApi('getEnterOptionsSync', () => programApp.launchOptions),
    onAppShow: syncApi('onAppShow', (listener) => programApp.on('show', listener)),
    offAppShow: syncApi('offAppShow', (listener) => programApp.off('show', listener)),
    onAppHide: syncApi('onAppHide', (listener) => programApp.on('hide', listener)),
    offAppHide: syncApi('offAppHide', (listener) => programApp.off('hide', listener)),
    getNetworkType: asyncApi('getNetworkType', async () => ({ networkType: network.offline ? 'none' : 'wifi' })),
    onNetworkStatusChange: syncApi('onNetworkStatusChange', (listener) => network.listeners.add(listener)),
    offNetworkStatusChange: syncApi('offNetworkStatusChange', (listener) => (listener ? network.listeners.delete(listener) : network.listeners.clear())),
  }
}
