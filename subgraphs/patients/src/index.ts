import { readSettings, runProcess } from '@vardgraf/process'
import { startPatients } from './app.js'
import { patientsSettings } from './config.js'

await runProcess('patients', (log) => startPatients(readSettings(patientsSettings), log))
