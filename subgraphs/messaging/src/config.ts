import { policySettings } from '@vardgraf/policy'
import { readSettings } from '@vardgraf/process'
import { subgraphSettings } from '@vardgraf/service'
import type { z } from 'zod'
import { notificationSettings } from './notifications/config.js'
import { questionnaireSettings } from './questionnaires/config.js'
import { waitingRoomSettings } from './waiting-room/config.js'

/** The settings of this subgraph alone: those of a feature stand in its own `config.ts`, and it reads them from `services.config`. */
export const messagingSettings = { ...questionnaireSettings, ...waitingRoomSettings, ...notificationSettings }

export type Config = z.infer<z.ZodObject<typeof messagingSettings>>

/** @throws SettingsError naming every variable that is missing or wrong. */
export const readConfig = () => readSettings({ ...subgraphSettings, ...policySettings, ...messagingSettings })
