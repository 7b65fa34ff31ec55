let hosts = {}

/** The phone's hosts file: origin → the origin that it leads to. */
export function useHosts(given) {
  hosts = given
}

/** Where the phone finds a URL. */
export function throughHosts(url) {
  for (const [origin, target] of Object.entries(hosts)) {
    if (url === origin || url.startsWith(`${origin}/`) || url.startsWith(`${origin}?`)) return target + url.slice(origin.length)
  }
  return url
}
