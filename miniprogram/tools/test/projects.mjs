import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const SOUND = {
  'app.json': '{ "pages": ["pages/a/a"] }',
  'app.ts': 'App({})',
  'pages/a/a.json': '{}',
  'pages/a/a.wxml': '<view>a</view>',
  'pages/a/a.ts': 'Page({})',
}

/** Writes a small sound mini program, with `files` in place of or beside its own, and calls `use` with its folder. */
export async function withProject(files, use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mini-login-pack-'))
  try {
    for (const [name, text] of Object.entries({ ...SOUND, ...files })) {
      if (text === null) continue
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
