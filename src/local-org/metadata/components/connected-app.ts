import { problemAt, problemOf, type Problem } from '../deploy/problem.js';
import {
  childNamed,
  isTrue,
  newElement,
  textOf,
  textsOf,
  withChild,
  without,
  type XmlElement,
} from '../xml/xml-element.js';
import { readAppCertificate } from './app-certificate.js';
import { checkConsumerKey, newConsumerKey, storedKey } from './consumer-key.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';
import { checkPermissionSets } from './permission-set.js';

/** Word for word what orgs answer since Spring '26, where Support has not allowed new Connected Apps. */
export const creationBlocked =
  "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.";

const keyRule = {
  pattern: /^[A-Za-z0-9._]{8,256}$/,
  problem: 'The consumer key must be alphanumeric and have 8 to 256 characters',
};

export const connectedApp: ComponentHandler = {
  check(candidate, context) {
    const { org } = context;
    const isNew = org.components.get('ConnectedApp', candidate.fullName) === undefined;
    if (isNew && !org.settings.allowConnectedAppCreation) return [problemOf(candidate.root, creationBlocked)];
    const config = childNamed(candidate.root, 'oauthConfig');
    return [
      ...checkApproval(candidate.root, config, context),
      ...(config ? [...checkConsumerKey(candidate, context, keyRule), ...checkCertificate(config)] : []),
    ];
  },

  complete(candidate, context) {
    const config = childNamed(candidate.root, 'oauthConfig');
    if (!config) return candidate;
    const key = storedKey(candidate, context) ?? textOf(config, 'consumerKey') ?? newConsumerKey();
    const keyed = withChild(config, newElement('consumerKey', key));
    return { ...candidate, root: withChild(candidate.root, withPlainCertificate(keyed)) };
  },

  mirror: ({ fullName, root }, { org }) =>
    mirrorRow(org, keyOf(fullName), {
      OptionsAllowAdminApprovedUsersOnly: isTrue(childNamed(root, 'oauthConfig') ?? root, 'isAdminApproved'),
    }),

  remove: (fullName, org) => removeRow(org, keyOf(fullName)),

  disclose(root) {
    const config = childNamed(root, 'oauthConfig');
    return config ? withChild(root, without(config, 'consumerSecret')) : root;
  },
};

/** Replaces the certificate of a `certificate` element by the same one as plain PEM. */
export function withPlainCertificate(holder: XmlElement): XmlElement {
  const text = textOf(holder, 'certificate');
  const read = text === undefined ? undefined : readAppCertificate(text);
  if (read?.kind !== 'certificate') return holder;
  return withChild(holder, newElement('certificate', read.certificate.toString().trim()));
}

/** Judges the certificate of an app, whichever kind of app it is. */
export function checkCertificate(holder: XmlElement): readonly Problem[] {
  const element = childNamed(holder, 'certificate');
  const text = element?.text.trim();
  if (!element || text === undefined || text === '') return [];
  const read = readAppCertificate(text);
  return read.kind === 'fault' ? [{ problem: read.problem, line: element.line, column: element.column }] : [];
}

function checkApproval(root: XmlElement, config: XmlElement | undefined, context: DeployContext): readonly Problem[] {
  const names = textsOf(root, 'permissionSetName').filter((name) => name !== '');
  const field = 'permissionSetName';
  if (names.length > 0 && !(config && isTrue(config, 'isAdminApproved'))) {
    return [problemAt(root, field, `${field} can only be specified if isAdminApproved is true`)];
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return [problemAt(root, field, `Duplicate ${field}: ${repeated}`)];
  return checkPermissionSets(root, field, names, context);
}

function keyOf(fullName: string): RowKey {
  return { object: 'ConnectedApplication', nameField: 'Name', fullName };
}
