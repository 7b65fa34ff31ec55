import { ApiFailure } from '../api-failure.mjs'
import { asyncApi, syncApi } from './calling.mjs'

const LONGEST_MODAL_BUTTON = 4

/** Toasts, dialogs, bars and the ways between pages. */
export function interfaceApi({ overlays, router }) {
  const navigation = ['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack']
  return {
    showToast: asyncApi('showToast', async (options) => overlays.showToast(options)),
    hideToast: asyncApi('hideToast', async () => overlays.hideToast()),
    showLoading: asyncApi('showLoading', async (options) => overlays.showToast({ ...options, icon: 'loading', duration: 0 })),
    hideLoading: asyncApi('hideLoading', async () => overlays.hideToast()),
    showModal: asyncApi('showModal', async (options) => {
      for (const name of ['confirmText', 'cancelText']) {
        if (Array.from(options[name] ?? '').length > LONGEST_MODAL_BUTTON) throw new ApiFailure(`${name} length should not larger than 4 Chinese characters`)
      }
      return overlays.showModal(options)
    }),
    showActionSheet: asyncApi('showActionSheet', async ({ itemList, alertText }) => {
      const tapIndex = await overlays.showSheet(itemList, { title: alertText })
      if (tapIndex < 0) throw new ApiFailure('cancel')
      return { tapIndex }
    }),
    setNavigationBarTitle: asyncApi('setNavigationBarTitle', async ({ title }) => router().setTitle(title)),
    setTabBarItem: asyncApi('setTabBarItem', async (options) => router().setTabBarItem(options)),
    stopPullDownRefresh: asyncApi('stopPullDownRefresh', async () => ({})),
    nextTick: syncApi('nextTick', (callback) => void Promise.resolve().then(callback)),
    ...Object.fromEntries(navigation.map((name) => [name, asyncApi(name, (options) => router()[name](options))])),
  }
}
