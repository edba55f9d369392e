import { randomInt } from 'node:crypto';
import type { LocalOrg } from '../../model.js';
import { openStored } from '../package/candidate.js';
import { childNamed, textOf, type XmlElement } from '../xml/xml-element.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The orgs of this process: consumer keys are unique across all of Salesforce. Closed orgs may be collected. */
const knownOrgs = new Set<WeakRef<LocalOrg>>();
const seenOrgs = new WeakSet<LocalOrg>();

/** Makes an org count when consumer keys have to be unique. */
export function noteOrg(org: LocalOrg): void {
  if (seenOrgs.has(org)) return;
  seenOrgs.add(org);
  knownOrgs.add(new WeakRef(org));
}

/** A consumer key as orgs make them: 85 characters, `3MVG9` first. */
export function newConsumerKey(): string {
  return `3MVG9${Array.from({ length: 80 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
}

/** Where the types of apps keep the consumer key. */
export function consumerKeyOf(type: string, root: XmlElement): string | undefined {
  const holder = type === 'ConnectedApp' ? childNamed(root, 'oauthConfig') : root;
  return holder && textOf(holder, 'consumerKey');
}

/** Whether an app of any org but this one's app of this name has the key. */
export function isConsumerKeyTaken(
  org: LocalOrg,
  key: string,
  owner: { readonly type: string; readonly fullName: string },
): boolean {
  return othersAnd(org).some((other) =>
    ['ConnectedApp', 'ExtlClntAppGlobalOauthSettings'].some((type) =>
      other.components
        .all(type)
        .filter(({ fullName }) => other !== org || type !== owner.type || fullName !== owner.fullName)
        .some((stored) => consumerKeyOf(type, openStored(stored).root) === key),
    ),
  );
}

/** An org that was closed and opened again is one org, though it may still be in memory twice. */
function othersAnd(org: LocalOrg): readonly LocalOrg[] {
  const others = [...knownOrgs].flatMap((reference) => {
    const other = reference.deref();
    if (!other) knownOrgs.delete(reference);
    return other && other.id !== org.id ? [other] : [];
  });
  return [org, ...others];
}
