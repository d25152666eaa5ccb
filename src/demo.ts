import { ConfigError, environment, present, readConfig, readDemoConfig } from './setup/config.ts'
import { runDemoBot } from './demo/bot.ts'
import { CannotStart } from './demo/cannot-start.ts'
import { startDemo } from './demo/supervisor.ts'

// `npm start`: the whole product on this machine, against an emulated Microsoft. `demo.ts bot` is its bot process.

const realNow = () => new Date()
const env = environment()

const [, , role, pages = ''] = process.argv

if (role === 'bot') await runDemoBot(realNow, pages)
else await supervise()

async function supervise(): Promise<void> {
  const settings = present(env)
  if (settings.length > 0) return refuseHalfAConfiguration(settings)
  const log = (line: string): void => void process.stdout.write(`${line}\n`)
  const accident = Promise.withResolvers<void>()
  try {
    const demo = await startDemo(readDemoConfig(env), env, realNow, log, (what) => {
      process.stderr.write(`${what}\n`)
      process.exitCode = 1
      accident.resolve()
    })
    let stopping: Promise<void> | undefined
    const stop = (): Promise<void> => (stopping ??= demo.stop().then(() => process.exit()))
    void accident.promise.then(stop)
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    log(`open ${demo.chat} and ask for something; Ctrl-C ends the demo`)
    log(demo.ready)
  } catch (error) {
    const foreseen = error instanceof ConfigError || error instanceof CannotStart
    process.stderr.write(`${foreseen ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

/** Somebody meant a real tenant: a demo in its place would grant nothing, and they would not notice. */
function refuseHalfAConfiguration(settings: readonly string[]): void {
  const lines = [`The demo starts only when no setting of a real tenant is present; found ${settings.join(', ')}.`]
  try {
    readConfig(env)
    lines.push('The configuration is complete: start the bot with `node src/main.ts`.')
  } catch (error) {
    lines.push(
      'For a real tenant, complete the configuration and start the bot with `node src/main.ts`.',
      String(error),
    )
  }
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exitCode = 1
}
