import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'tools/test/**/*.test.mjs', 'e2e/support/**/*.test.mjs'],
    reporters: ['default', 'junit'],
    outputFile: { junit: 'target/unit-reports/TEST-unit.xml' },
    coverage: {
      provider: 'v8',
      include: ['miniprogram/**/*.ts'],
      exclude: ['test/**'],
      reporter: ['text', 'lcovonly'],
      reportsDirectory: 'target/coverage',
    },
  },
})
