import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The specs share the machine with a database, a server and a browser: one after the other. */
export default defineConfig({
  root: path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'),
  test: {
    include: ['e2e/*.e2e.mjs'],
    globalSetup: ['e2e/support/global-setup.mjs'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 240_000,
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/e2e-reports/TEST-e2e.xml' },
  },
})
