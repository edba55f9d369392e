import { randomInt } from 'node:crypto';
import type { LocalOrg } from '../../model.js';
import { isSameName } from '../../store/names.js';
import { openStored } from '../package/candidate.js';
import { childNamed, textOf, type XmlElement } from '../xml/xml-element.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

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
  return [org, ...org.siblings()].some((other) =>
    ['ConnectedApp', 'ExtlClntAppGlobalOauthSettings'].some((type) =>
      other.components
        .all(type)
        .filter(({ fullName }) => other !== org || type !== owner.type || !isSameName(fullName, owner.fullName))
        .some((stored) => consumerKeyOf(type, openStored(stored).root) === key),
    ),
  );
}
