// Adds up the JUnit reports of all suites; fails if a test failed or a suite did not run as a whole.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

// Each suite and the least that a whole run of it counts: far fewer means that it did not run.
const SUITES = [
  ['domain', 'domain/target/surefire-reports', 1380],
  ['application', 'application/target/surefire-reports', 700],
  ['adapters-web', 'adapters-web/target/surefire-reports', 85],
  ['adapters-wechat', 'adapters-wechat/target/surefire-reports', 730],
  ['adapters-persistence', 'adapters-persistence/target/surefire-reports', 925],
  ['adapters-media', 'adapters-media/target/surefire-reports', 190],
  ['wechat-simulator', 'wechat-simulator/target/surefire-reports', 630],
  ['bootstrap', 'bootstrap/target/surefire-reports', 1560],
  ['mini program: units', 'miniprogram/target/unit-reports', 312],
  ['mini program: browser', 'miniprogram/target/e2e-reports', 31],
]

let passed = 0
let failed = 0
const incomplete = []
for (const [suite, folder, least] of SUITES) {
  const reports = existsSync(folder) ? readdirSync(folder).filter((name) => /^TEST-.*\.xml$/.test(name)) : []
  const xml = reports.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n')
  const cases = xml.split(/<testcase\b/).slice(1)
  const bad = cases.filter((text) => /<(failure|error)\b/.test(text)).length
  const skipped = cases.filter((text) => /<skipped\b/.test(text)).length
  const good = cases.length - bad - skipped
  console.log(`${suite.padEnd(24)} ${String(good).padStart(5)} passed ${String(bad).padStart(3)} failed ${String(skipped).padStart(3)} skipped`)
  passed += good
  failed += bad
  if (good + bad < least) {
    incomplete.push(suite)
  }
}
for (const suite of incomplete) {
  console.log(`The suite '${suite}' did not run as a whole.`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || incomplete.length > 0 ? 1 : 0
