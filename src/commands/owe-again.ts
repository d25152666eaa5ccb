import { ConfigError, environment } from '../setup/config.ts'
import { reach } from './deployment.ts'
import { oweAgain } from '../store/undelivered.ts'

// `npm run owe-again [-- id …]`: messages that were given up are owed again, all of them or those named. Whichever bot
// runs sends them; what is over by then is not sent.

try {
  const wanted = process.argv.slice(2)
  const { config } = await reach(environment(), new Date())
  const again = new Set(await oweAgain(config.DATABASE_URL, wanted))
  console.log(`${again.size} ${again.size === 1 ? 'message is' : 'messages are'} owed again.`)
  const others = wanted.filter((id) => !again.has(id))
  for (const id of others) console.error(`${id} is no message that was given up`)
  if (others.length > 0) process.exitCode = 1
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
}
