/**
 * What the host of the page says about this phone: `{simulator, appId, user, envVersion, hosts}`, read from
 * `./config.json`; the query parameters `appId`, `user` and `envVersion` override it.
 */
export async function loadSettings() {
  const answer = await fetch('./config.json', { cache: 'no-store' })
  if (!answer.ok) throw new Error(`config.json: HTTP ${answer.status}`)
  const settings = { envVersion: 'develop', hosts: {}, ...(await answer.json()) }
  const query = new URLSearchParams(location.search)
  for (const key of ['appId', 'user', 'envVersion']) {
    if (query.has(key)) settings[key] = query.get(key)
  }
  return settings
}

/** The prefix of everything that this phone's user keeps for this mini program in localStorage. */
export function storagePrefix({ appId, user }) {
  return `mini-login/${appId}/${user}/`
}
