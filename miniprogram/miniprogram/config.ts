/** The version of the mini program, as `wx.getAccountInfoSync` names it. */
export type EnvVersion = 'develop' | 'trial' | 'release'

/**
 * The server for each version. Replace `api.example.com` by your own server, and enter its domain at mp.weixin.qq.com
 * (开发管理, 服务器域名: request 合法域名 and uploadFile 合法域名). DevTools reaches localhost when its domain check is switched off.
 */
const BASE_URLS: Readonly<Record<EnvVersion, string>> = {
  develop: 'http://localhost:8080',
  trial: 'https://api.example.com',
  release: 'https://api.example.com',
}

/** Scheme and host of the server for a version. */
export function baseUrlFor(version: EnvVersion): string {
  return BASE_URLS[version]
}
