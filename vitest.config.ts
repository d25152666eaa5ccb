import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['node_modules', 'test/long/**'],
    globalSetup: ['test/fixtures/global-postgres.ts'],
    // Journeys mostly wait for the processes of their demo: two cores have time for a third.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
