import type { LocalOrgSettings } from './model.js';

/** What holds where nobody says otherwise: a new object each time, since some settings change while an org runs. */
export function settingsWith(given: Partial<LocalOrgSettings> = {}): LocalOrgSettings {
  return {
    allowConnectedAppCreation: false,
    refuseExpiredCertificates: true,
    propagationDelayMs: 0,
    loginsPerHour: 3600,
    deployDelayMs: 0,
    deployDelayPolls: 0,
    ...given,
  };
}
