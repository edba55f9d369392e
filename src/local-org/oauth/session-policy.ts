import type { App } from '../apps.js';
import { openStored } from '../metadata/package/candidate.js';
import { childNamed, textOf, type XmlElement } from '../metadata/xml/xml-element.js';
import type { LocalOrg } from '../model.js';
import type { ProfilePolicy } from './profile-policy.js';

/** `SecuritySettings.sessionSettings.sessionTimeout` in minutes (Metadata API Developer Guide). */
const minutesOf: Readonly<Record<string, number>> = {
  FifteenMinutes: 15,
  ThirtyMinutes: 30,
  SixtyMinutes: 60,
  NinetyMinutes: 90,
  TwoHours: 120,
  FourHours: 240,
  EightHours: 480,
  TwelveHours: 720,
  TwentyFourHours: 1440,
};

/** How long a session of a user with an app lives unused: as the app says, else the profile, else the org. */
export function timeoutSecondsOf(org: LocalOrg, app: App, { session }: ProfilePolicy): number | undefined {
  const minutes = app.sessionTimeoutMinutes ?? minutesIn(session) ?? orgTimeoutMinutes(org);
  return minutes === undefined ? undefined : minutes * 60;
}

/** Whether app or profile ask for a high-assurance session, to which the flow has no way. */
export function asksForHighAssurance(app: App, { session }: ProfilePolicy): boolean {
  const levels = [app.sessionLevel, session && textOf(session, 'requiredSessionLevel')];
  return levels.some((level) => level?.toUpperCase() === 'HIGH_ASSURANCE');
}

function orgTimeoutMinutes(org: LocalOrg): number | undefined {
  const stored = org.components.get('Settings', 'Security');
  const settings = stored && childNamed(openStored(stored).root, 'sessionSettings');
  return minutesOf[(settings && textOf(settings, 'sessionTimeout')) ?? ''];
}

function minutesIn(session: XmlElement | undefined): number | undefined {
  const minutes = Number(session && textOf(session, 'sessionTimeout'));
  return minutes > 0 ? minutes : undefined;
}
