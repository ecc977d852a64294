import { inProduction, SettingsError } from '@vardgraf/process'

/** Nothing of the sandbox runs in production: neither its process nor the programs that prepare for it.
 *  @throws SettingsError */
export function refuseProduction(): void {
  if (inProduction())
    throw new SettingsError('the sandbox does not run in production, nor do its programs (elsewhere say NODE_ENV=development)')
}
