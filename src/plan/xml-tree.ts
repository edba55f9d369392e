import { SaxesParser } from 'saxes';

/** An element of metadata: either text or children. Attributes only say how a value is written. */
export type XmlNode = { readonly name: string; readonly text: string; readonly children: readonly XmlNode[] };

type OpenNode = { readonly name: string; text: string; readonly children: OpenNode[] };

/** The root of a document; undefined where it is not well-formed. */
export function readXml(source: string): XmlNode | undefined {
  const document: OpenNode = { name: '', text: '', children: [] };
  const open = [document];
  const parser = new SaxesParser();
  let isBroken = false;
  const addText = (text: string): void => {
    const node = open.at(-1);
    if (node) node.text += text;
  };
  parser.on('opentag', ({ name }) => {
    const node = { name, text: '', children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('error', () => {
    isBroken = true;
  });
  parser.write(source).close();
  return isBroken ? undefined : document.children[0];
}

/** The same text for two documents that say the same in another order or layout. */
export function canonical({ name, text, children }: XmlNode): string {
  return children.length === 0
    ? `${name}=${JSON.stringify(text.trim())}`
    : `${name}{${children.map(canonical).sort().join()}}`;
}

/**
 * Whether to put `ours` in the place of `theirs` would change nothing. An org gives out more than was deployed: what it made
 * itself, and what holds where nothing is said.
 *
 * @param unread names of elements at the top that the org never gives out
 */
export function saysTheSame(ours: XmlNode, theirs: XmlNode, unread: readonly string[] = []): boolean {
  if (ours.name !== theirs.name) return false;
  if (ours.children.length === 0 || theirs.children.length === 0) {
    return ours.children.length === theirs.children.length && ours.text.trim() === theirs.text.trim();
  }
  const left = [...theirs.children];
  const isThere = (child: XmlNode): boolean => {
    const index = left.findIndex((other) => saysTheSame(child, other));
    if (index === -1) return unread.includes(child.name) && !theirs.children.some(({ name }) => name === child.name);
    left.splice(index, 1);
    return true;
  };
  return ours.children.every(isThere) && left.every(isOfTheOrg);
}

/** Keys and links that an org makes for an app. */
export const madeByOrgs: readonly string[] = ['consumerKey', 'consumerSecret', 'oauthLink', 'orgScopedExternalApp'];

/** What orgs give out where a file says nothing, beside switches that are off (Metadata API Developer Guide, by type). */
const defaults: Readonly<Record<string, string>> = {
  calloutStatus: 'Enabled',
  distributionState: 'Local',
  generateAuthorizationHeader: 'true',
};

const isOfTheOrg = ({ name, text, children }: XmlNode): boolean =>
  madeByOrgs.includes(name) || (children.length === 0 && ['', 'false', defaults[name]].includes(text.trim()));
