import { BlockList, isIPv6 } from 'node:net';
import { openStored } from '../metadata/package/candidate.js';
import { childNamed, childrenNamed, textOf, type XmlElement } from '../metadata/xml/xml-element.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import { adminProfileName } from '../seed.js';
import { isSameName } from '../store/names.js';

/** What the profile of a user says of logins and sessions, as far as it was deployed. */
export type ProfilePolicy = {
  /** The `Profile`: login IP ranges and hours. */
  readonly profile: XmlElement | undefined;
  /** The `ProfileSessionSetting`: timeout and session level. */
  readonly session: XmlElement | undefined;
};

/** The Metadata API has names of its own for some standard profiles. */
const metadataNames: Readonly<Record<string, string>> = { [adminProfileName]: 'Admin' };

export function profilePolicyOf(org: LocalOrg, user: SObjectRecord): ProfilePolicy {
  const label = String(org.records.get('Profile', String(user['ProfileId']))?.['Name']);
  const names = [label, ...(metadataNames[label] === undefined ? [] : [metadataNames[label]])];
  const profile = names.map((name) => org.components.get('Profile', name)).find((found) => found !== undefined);
  const session = org.components
    .all('ProfileSessionSetting')
    .map((stored) => openStored(stored).root)
    .find((root) => names.some((name) => isSameName(name, textOf(root, 'profile') ?? '')));
  return { profile: profile && openStored(profile).root, session };
}

/**
 * Whether the profile allows a login from this address at this moment. The JWT bearer flow asks whatever the IP relaxation of
 * the app says (Salesforce Help: connected app IP relaxation and continuous IP enforcement). A profile without ranges and
 * hours allows all.
 */
export function allowsLogin({ profile }: ProfilePolicy, address: string | undefined, now: number): boolean {
  if (!profile) return true;
  return (
    isInRanges(childrenNamed(profile, 'loginIpRanges'), address) && isInHours(childNamed(profile, 'loginHours'), now)
  );
}

function isInRanges(ranges: readonly XmlElement[], address = ''): boolean {
  if (ranges.length === 0) return true;
  const plain = address.replace(/^::ffff:/i, '');
  return ranges.some((range) => contains(range, plain));
}

/** A range that is none contains nothing. */
function contains(range: XmlElement, address: string): boolean {
  const [start = '', end = ''] = [textOf(range, 'startAddress'), textOf(range, 'endAddress')];
  const family = isIPv6(start) ? 'ipv6' : 'ipv4';
  try {
    const list = new BlockList();
    list.addRange(start, end, family);
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  } catch {
    return false;
  }
}

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Start and end are minutes of a day (Metadata API Developer Guide: Profile). Local orgs live in UTC. */
function isInHours(hours: XmlElement | undefined, now: number): boolean {
  if (!hours) return true;
  const moment = new Date(now);
  const day = days[moment.getUTCDay()] ?? 'sunday';
  const minute = moment.getUTCHours() * 60 + moment.getUTCMinutes();
  const start = Number(textOf(hours, `${day}Start`) ?? 0);
  const end = Number(textOf(hours, `${day}End`) ?? 24 * 60);
  return minute >= start && minute < end;
}
