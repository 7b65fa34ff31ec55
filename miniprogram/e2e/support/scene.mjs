import { afterAll, afterEach, beforeAll } from 'vitest'
import { createDataFolder, removeDataFolder } from './data-folders.mjs'
import { DATA } from './folders.mjs'
import { openPhoneShop } from './phone.mjs'
import { startStack } from './stack.mjs'

/**
 * One running stack and one browser for the spec file that calls this. Each test gets phones of new users, so that
 * nothing of another test is in its way; afterwards WeChat works again and every phone is checked.
 */
export function useScene(name) {
  const scene = { stack: null, shop: null }
  const phones = []
  let dataFolder
  let users = 0

  beforeAll(async () => {
    dataFolder = createDataFolder(DATA)
    scene.stack = await startStack(dataFolder)
    scene.shop = await openPhoneShop()
  })

  afterEach(async () => {
    await scene.stack.simulator.removeFaults()
    await scene.stack.simulator.setOffline(false)
    for (const phone of phones.splice(0)) await phone.putAway()
  })

  afterAll(async () => {
    await scene.shop?.close()
    await scene.stack?.stop()
    removeDataFolder(dataFolder)
  })

  /** A phone with the mini program just started for the first time. */
  scene.newPhone = async () => {
    const phone = await scene.shop.phone(scene.stack, `${name}-${++users}`)
    phones.push(phone)
    await phone.launch()
    return phone
  }

  /** Ends the whole stack and starts it again with the same data. */
  scene.restart = async () => {
    await scene.stack.stop()
    scene.stack = await startStack(dataFolder)
    return scene.stack
  }
  return scene
}
