import { randomInt } from 'node:crypto';
import { isSameName } from '../../store/names.js';
import { problemAt, type Problem } from '../deploy/problem.js';
import { openStored, type Candidate } from '../package/candidate.js';
import { childNamed, textOf, type XmlElement } from '../xml/xml-element.js';
import type { DeployContext } from './handler.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A consumer key as orgs make them: 85 characters, `3MVG9` first. */
export function newConsumerKey(): string {
  return `3MVG9${Array.from({ length: 80 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
}

/** Where the types of apps keep the consumer key. */
export function consumerKeyOf(type: string, root: XmlElement): string | undefined {
  const holder = holderOf(type, root);
  return holder && textOf(holder, 'consumerKey');
}

/** The consumer key that the app has already. */
export function storedKey({ type, fullName }: Candidate, { find }: DeployContext): string | undefined {
  const stored = find(type.name, fullName);
  return stored && consumerKeyOf(type.name, stored.root);
}

/** What a consumer key that somebody chose has to look like. */
type KeyRule = { readonly pattern: RegExp; readonly problem: string };

/** A key can be chosen at creation only, and no two apps of all Salesforce have the same (Metadata API Developer Guide). */
export function checkConsumerKey(candidate: Candidate, context: DeployContext, rule: KeyRule): readonly Problem[] {
  const { type, root } = candidate;
  const key = consumerKeyOf(type.name, root);
  const kept = storedKey(candidate, context);
  if (key === undefined || key === kept) return [];
  const refuse = (problem: string) => [problemAt(holderOf(type.name, root) ?? root, 'consumerKey', problem)];
  if (kept !== undefined) return refuse('The consumer key cannot be changed');
  if (isTaken(key, candidate, context)) return refuse('The consumer key is already taken');
  return rule.pattern.test(key) ? [] : refuse(rule.problem);
}

/** Whether an app of any org, or of the same deploy, but this one has the key. */
function isTaken(key: string, owner: Candidate, { org, all }: DeployContext): boolean {
  return ['ConnectedApp', 'ExtlClntAppGlobalOauthSettings'].some((type) => {
    const own = all(type).filter(({ fullName }) => type !== owner.type.name || !isSameName(fullName, owner.fullName));
    const others = org.siblings().flatMap((sibling) => sibling.components.all(type).map(openStored));
    return [...own, ...others].some(({ root }) => consumerKeyOf(type, root) === key);
  });
}

function holderOf(type: string, root: XmlElement): XmlElement | undefined {
  return type === 'ConnectedApp' ? childNamed(root, 'oauthConfig') : root;
}
