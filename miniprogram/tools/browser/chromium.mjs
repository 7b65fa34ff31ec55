import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const PACKAGE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../node_modules/@sparticuz/chromium')
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
/** Small containers have no user namespaces and little /dev/shm. Web security stays on: CORS is a part of what is tested. */
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--font-render-hinting=none']

/**
 * Starts a headless Chromium: `CHROME_PATH` if it is set, else the one of the npm package (Linux on x86-64), else one that
 * is installed. The caller closes the returned Playwright browser.
 */
export async function launchChromium() {
  const { executablePath, env } = await findChromium()
  return chromium.launch({ executablePath, env: { ...process.env, ...env }, headless: true, args: ARGUMENTS })
}

async function findChromium() {
  if (process.env.CHROME_PATH) return { executablePath: process.env.CHROME_PATH }
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(PACKAGE)) return unpackedChromium()
  const executablePath = INSTALLED.find((candidate) => existsSync(candidate))
  if (executablePath) return { executablePath }
  throw new Error('No browser for the tests: install Chrome or Chromium, or point CHROME_PATH to one')
}

/** The package ships its files compressed; they are unpacked once per version. */
async function unpackedChromium() {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'))
  const folder = path.resolve(PACKAGE, '../../.cache/mini-login', `chromium-${version}`)
  if (!existsSync(folder)) await unpack(folder, version)
  const env = { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') }
  if (lacksLibraries(path.join(folder, 'chromium'))) env.LD_LIBRARY_PATH = [path.join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return { executablePath: path.join(folder, 'chromium'), env }
}

/** Unpacks beside the final folder and renames, so that an interrupted run leaves nothing that looks finished. */
async function unpack(folder, version) {
  const started = Date.now()
  console.log(`Unpacking Chromium ${version} (once) …`)
  mkdirSync(path.dirname(folder), { recursive: true })
  const partial = mkdtempSync(`${folder}.partial-`)
  try {
    await inflateInto(partial)
    writeFileSync(path.join(partial, 'fonts.conf'), fontConfiguration(folder))
    renameSync(partial, folder)
    console.log(`Unpacked Chromium into ${folder} in ${Date.now() - started} ms`)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    const doneByAnotherProcess = error.code === 'ENOTEMPTY' || error.code === 'EEXIST'
    if (!doneByAnotherProcess) throw error
  }
}

/** The package unpacks into the folder for temporary files, wherever that is. */
async function inflateInto(folder) {
  const temporaryFolder = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    const { default: packaged, inflate } = await import('@sparticuz/chromium')
    await packaged.executablePath()
    await inflate(path.join(PACKAGE, 'bin', 'al2023.tar.br'))
  } finally {
    if (temporaryFolder === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = temporaryFolder
  }
}

/** The package's own fonts.conf has the paths of the cloud function that it was made for. */
function fontConfiguration(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`
}

/** Whether the system has not all libraries that the program is linked to (often libnss3 and libnspr4). */
function lacksLibraries(program) {
  try {
    return execFileSync('ldd', [program], { encoding: 'utf8' }).includes('not found')
  } catch {
    return true
  }
}
