import { followClock, runProcess, SettingsError, systemClock } from '@vardgraf/process'
import { signingKey } from '@vardgraf/viewer'
import { startGateway } from './app.js'
import { readConfig } from './config.js'

await runProcess('gateway', async (log) => {
  const config = readConfig(process.argv.slice(2), process.env)
  if (!config.login) log.warn('no authentication: every request is anonymous')
  const key = config.login ? await signingKey(config.login.serviceKey) : null
  if (key && key.service !== 'gateway') throw new SettingsError(`SERVICE_KEY belongs to ${key.service}, this is gateway`)
  const { SANDBOX_CLOCK_URL: clockUrl } = config.settings
  const clock = clockUrl ? await followClock(clockUrl) : systemClock
  const gateway = await startGateway(config, { key, clock, log })
  process.on('SIGHUP', () => void gateway.reload())
  return {
    async stop() {
      await gateway.stop()
      clock.close()
    },
  }
})
