import type { LocalOrg } from '../../model.js';
import { isSameName } from '../../store/names.js';
import { problemAt, problemOf, type Problem } from '../deploy/problem.js';
import { openStored, type Candidate } from '../package/candidate.js';
import { valuesOfEnum } from '../types/elements.js';
import { childNamed, listedIn, newElement, textOf, withChild, without, type XmlElement } from '../xml/xml-element.js';
import { checkCertificate, withPlainCertificate } from './connected-app.js';
import { checkConsumerKey, newConsumerKey, storedKey } from './consumer-key.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';
import { checkPermissionSets } from './permission-set.js';

/** The types that belong to an External Client App and name it in `externalClientApplication`. */
export const appParts = [
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthSecuritySettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppConfigurablePolicies',
] as const;

export const externalClientApplication: ComponentHandler = {
  check: ({ root }, { org }) => [
    ...required(root, 'label'),
    ...required(root, 'contactEmail'),
    ...checkOwnOrg(root, 'orgScopedExternalApp', org),
  ],
  complete: (candidate, { org }) => ({
    ...candidate,
    root: withChild(candidate.root, newElement('orgScopedExternalApp', `${org.id.slice(0, 15)}:${candidate.fullName}`)),
  }),
  mirror: ({ fullName, root }, { org }) =>
    mirrorRow(org, keyOf(fullName), {
      MasterLabel: textOf(root, 'label') ?? fullName,
      Language: 'en_US',
      NamespacePrefix: null,
    }),
  remove(fullName, org) {
    removeRow(org, keyOf(fullName));
    for (const type of appParts) {
      org.components
        .all(type)
        .filter((stored) => isSameName(appOf(openStored(stored).root), fullName))
        .forEach((stored) => org.components.delete(type, stored.fullName));
    }
  },
};

/** Whether orgs take a preset key is contradictory; assumption: they do at creation, as they do for Connected Apps. */
const keyRule = {
  pattern: /^[A-Za-z0-9._+/=-]{8,256}$/,
  problem: 'The consumer key must have 8 to 256 characters without spaces',
};

export const globalOauthSettings: ComponentHandler = {
  check: (candidate, context) => [
    ...checkPart(candidate, context),
    ...required(candidate.root, 'callbackUrl'),
    ...checkConsumerKey(candidate, context, keyRule),
    ...checkCertificate(candidate.root),
  ],
  complete(candidate, context) {
    const key = storedKey(candidate, context) ?? textOf(candidate.root, 'consumerKey') ?? newConsumerKey();
    const root = withPlainCertificate(withChild(candidate.root, newElement('consumerKey', key)));
    // Requests to do something once, not properties to keep.
    return { ...candidate, root: without(root, 'shouldRotateConsumerKey', 'shouldRotateConsumerSecret') };
  },
  // Seen in the field: the certificate cannot be read back, and a redeploy without it clears it.
  disclose: (root) => without(root, 'certificate', 'consumerSecret'),
};

export const oauthSettings: ComponentHandler = {
  check: (candidate, context) => [
    ...checkPart(candidate, context),
    ...checkScopes(candidate.root),
    ...checkOwnOrg(candidate.root, 'oauthLink', context.org),
  ],
};

export const oauthPolicies: ComponentHandler = {
  check: (candidate, context) => [
    ...checkPart(candidate, context),
    ...checkPermissionSets(
      candidate.root,
      'commaSeparatedPermissionSet',
      listedIn(candidate.root, 'commaSeparatedPermissionSet'),
      context,
    ),
    ...checkProfiles(candidate.root, context),
  ],
};

export const appPart: ComponentHandler = { check: checkPart };

/** Name of the app that a part belongs to. */
function appOf(root: XmlElement): string {
  return textOf(root, 'externalClientApplication') ?? '';
}

/** A part needs its app, and an app has one part of each type. The text of the second refusal is an assumption. */
function checkPart({ type, fullName, root }: Candidate, context: DeployContext): readonly Problem[] {
  const field = 'externalClientApplication';
  const app = appOf(root);
  if (!context.find('ExternalClientApplication', app)) {
    return [problemAt(root, field, `In field: ${field} - no ExternalClientApplication named ${app} found`)];
  }
  const other = context
    .all(type.name)
    .find((part) => !isSameName(part.fullName, fullName) && isSameName(appOf(part.root), app));
  if (!other) return [];
  return [problemAt(root, field, `The external client app ${app} has its ${type.name} already: ${other.fullName}`)];
}

/** Links start with the id of the org that made them. Those of another org are refused (text: assumption). */
function checkOwnOrg(root: Candidate['root'], field: string, org: LocalOrg): readonly Problem[] {
  const element = childNamed(root, field);
  const owner = element?.text.trim().split(':')[0] ?? '';
  if (!element || owner.slice(0, 15) === org.id.slice(0, 15)) return [];
  const problem =
    field === 'oauthLink'
      ? 'The OAuth link belongs to another org: it can only be set when the distribution state is PACKAGED'
      : `In field: ${field} - the external client app belongs to another org`;
  return [problemOf(element, problem)];
}

/** Needed in practice, though the WSDL has it optional. */
function required(root: XmlElement, field: string): readonly Problem[] {
  return textOf(root, field) === undefined ? [problemAt(root, field, `Required field is missing: ${field}`)] : [];
}

/** Names that orgs answer with for the scopes of these apps, and that the WSDL's list for Connected Apps does not have. */
const scopesBeside: ReadonlySet<string> = new Set(['SFApiPlatform']);

/** The text is an assumption. */
function checkScopes(root: XmlElement): readonly Problem[] {
  const field = 'commaSeparatedOauthScopes';
  const known = valuesOfEnum('ConnectedAppOauthAccessScope');
  return listedIn(root, field)
    .filter((name) => !known?.has(name) && !scopesBeside.has(name))
    .map((name) => problemAt(root, field, `In field: ${field} - no OAuth scope named ${name} found`));
}

function checkProfiles(root: XmlElement, { org, find }: DeployContext): readonly Problem[] {
  const field = 'commaSeparatedProfile';
  const rows = org.records.all('Profile');
  return listedIn(root, field)
    .filter((name) => !find('Profile', name) && !rows.some(({ Id, Name }) => Id === name || Name === name))
    .map((name) => problemAt(root, field, `In field: ${field} - no Profile named ${name} found`));
}

function keyOf(fullName: string): RowKey {
  return { object: 'ExternalClientApplication', nameField: 'DeveloperName', fullName };
}
