import { composeBot } from './setup/compose.ts'
import { ConfigError, environment, readConfig } from './setup/config.ts'

// The bot of a real tenant: read the configuration, compose, listen, drain on SIGTERM.

try {
  const realNow = () => new Date()
  const bot = await composeBot(readConfig(environment()), { now: realNow, realNow })
  const drain = async (): Promise<void> => {
    await bot[Symbol.asyncDispose]()
    process.exit(0)
  }
  process.once('SIGTERM', drain)
  process.once('SIGINT', drain)
} catch (error) {
  // Somebody who mends a setting needs its name, not our stack.
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
}
