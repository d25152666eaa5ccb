import { defineConfig } from 'vitest/config'
import config from './vitest.config.ts'

// What takes longer than the five minutes of `npm test`.
export default defineConfig({
  test: { ...config.test, include: ['test/long/**/*.test.ts'], exclude: ['node_modules'] },
})
