import { recordMissing } from '../observations.mjs'
import { accountApi } from './account.mjs'
import { syncApi } from './calling.mjs'
import { deviceApi } from './device.mjs'
import { fileSystemApi } from './file-system.mjs'
import { interfaceApi } from './interface.mjs'
import { requestApi } from './request.mjs'
import { storageApi } from './storage.mjs'
import { uploadApi } from './upload.mjs'

/**
 * The `wx` object. A member that it does not have is noted in `__sim.missing` and is undefined, as on an old base library.
 * `phone` = `{settings, simulator, overlays, programApp, network, storagePrefix, router()}`.
 */
export function createWx(phone) {
  const api = {
    ...accountApi(phone),
    ...requestApi(phone),
    ...uploadApi(phone),
    ...storageApi(phone.storagePrefix),
    ...interfaceApi(phone),
    ...deviceApi(phone),
    ...fileSystemApi(),
  }
  api.canIUse = syncApi('canIUse', (schema) => schema.split('.')[0] in api)
  return new Proxy(api, {
    get(target, name) {
      if (typeof name === 'string' && !(name in target)) recordMissing(name)
      return target[name]
    },
  })
}
