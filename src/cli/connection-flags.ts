import { relative, resolve } from 'node:path';
import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import {
  apexSettings,
  appTypes,
  certificateSources,
  clientTypes,
  keySizes,
  serverTypes,
} from '../config/connection.js';
import { defined, type ConnectionDraft } from '../config/draft.js';
import { parseSubject } from '../keys/subject.js';
import { parseClaims } from './parse-claims.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'flags');

const summary = (name: string): { summary: string } => ({ summary: messages.getMessage(`${name}.summary`) });

/** The flags that describe a connection. Each can stand in the environment too; both win over the connection file. */
export const connectionFlags = {
  connection: Flags.string({ char: 'c', env: 'SF_JWT_CONNECTION', ...summary('connection') }),
  'target-org': Flags.string({ char: 'o', env: 'SF_JWT_TARGET_ORG', helpGroup: 'SERVER', ...summary('target-org') }),
  username: Flags.string({ env: 'SF_JWT_USERNAME', helpGroup: 'SERVER', ...summary('username') }),
  'server-type': Flags.option({ options: serverTypes, helpGroup: 'SERVER', ...summary('server-type') })(),
  'app-type': Flags.option({ options: appTypes, helpGroup: 'SERVER', ...summary('app-type') })(),
  'app-name': Flags.string({ helpGroup: 'SERVER', ...summary('app-name') }),
  'app-label': Flags.string({ helpGroup: 'SERVER', ...summary('app-label') }),
  'contact-email': Flags.string({ env: 'SF_JWT_CONTACT_EMAIL', helpGroup: 'SERVER', ...summary('contact-email') }),
  scope: Flags.string({ multiple: true, multipleNonGreedy: true, helpGroup: 'SERVER', ...summary('scope') }),
  'permission-set': Flags.string({ helpGroup: 'SERVER', ...summary('permission-set') }),
  'token-endpoint': Flags.string({ helpGroup: 'OTHER SERVER', ...summary('token-endpoint') }),
  issuer: Flags.string({ helpGroup: 'OTHER SERVER', ...summary('issuer') }),
  audience: Flags.string({ helpGroup: 'OTHER SERVER', ...summary('audience') }),
  'base-url': Flags.string({ helpGroup: 'OTHER SERVER', ...summary('base-url') }),
  'token-scope': Flags.string({ helpGroup: 'OTHER SERVER', ...summary('token-scope') }),
  claim: Flags.string({ multiple: true, multipleNonGreedy: true, helpGroup: 'OTHER SERVER', ...summary('claim') }),
  'client-type': Flags.option({
    options: clientTypes,
    env: 'SF_JWT_CLIENT_TYPE',
    helpGroup: 'CLIENT',
    ...summary('client-type'),
  })(),
  'client-org': Flags.string({ env: 'SF_JWT_CLIENT_ORG', helpGroup: 'CLIENT', ...summary('client-org') }),
  'class-prefix': Flags.string({ helpGroup: 'CLIENT', ...summary('class-prefix') }),
  invocable: Flags.boolean({ allowNo: true, helpGroup: 'CLIENT', ...summary('invocable') }),
  queueable: Flags.boolean({ allowNo: true, helpGroup: 'CLIENT', ...summary('queueable') }),
  'inline-settings': Flags.boolean({ allowNo: true, helpGroup: 'CLIENT', ...summary('inline-settings') }),
  'cache-partition': Flags.string({ helpGroup: 'CLIENT', ...summary('cache-partition') }),
  'named-credential': Flags.string({ helpGroup: 'CLIENT', ...summary('named-credential') }),
  principal: Flags.string({ helpGroup: 'CLIENT', ...summary('principal') }),
  'callout-permission-set': Flags.string({ helpGroup: 'CLIENT', ...summary('callout-permission-set') }),
  'client-username': Flags.string({ helpGroup: 'CLIENT', ...summary('client-username') }),
  'certificate-source': Flags.option({
    options: certificateSources,
    helpGroup: 'CERTIFICATE',
    ...summary('certificate-source'),
  })(),
  'certificate-name': Flags.string({ helpGroup: 'CERTIFICATE', ...summary('certificate-name') }),
  'key-size': Flags.option({ options: keySizes.map(String), helpGroup: 'CERTIFICATE', ...summary('key-size') })(),
  'valid-days': Flags.integer({ min: 1, max: 3650, helpGroup: 'CERTIFICATE', ...summary('valid-days') }),
  subject: Flags.string({ helpGroup: 'CERTIFICATE', ...summary('subject') }),
  'jwt-key-file': Flags.string({ char: 'f', helpGroup: 'CERTIFICATE', ...summary('jwt-key-file') }),
  'certificate-file': Flags.string({ helpGroup: 'CERTIFICATE', ...summary('certificate-file') }),
  'store-file': Flags.string({ helpGroup: 'CERTIFICATE', ...summary('store-file') }),
  'api-version': Flags.orgApiVersion({
    ...summary('api-version'),
    // The version that a user has set for the whole CLI must not win over the one of the connection file.
    default: () => Promise.resolve(undefined),
  }),
} as const;

export type ConnectionFlags = Interfaces.InferredFlags<typeof connectionFlags>;

/**
 * What the flags say of a connection, and nothing that they do not say. Files are named from the current folder, and are
 * kept relative to the project, as the connection file has them.
 */
export function draftFromFlags(flags: Partial<ConnectionFlags>, projectRoot: string): ConnectionDraft {
  return {
    apiVersion: flags['api-version'],
    server: {
      type: flags['server-type'] ?? impliedServerType(flags),
      org: flags['target-org'],
      username: flags.username,
      app: {
        type: flags['app-type'],
        name: flags['app-name'],
        label: flags['app-label'],
        contactEmail: flags['contact-email'],
        scopes: flags.scope?.flatMap((scope) => scope.split(',')).map((scope) => scope.trim()),
        permissionSet: flags['permission-set'],
      },
      tokenEndpoint: flags['token-endpoint'],
      issuer: flags.issuer,
      audience: flags.audience,
      baseUrl: flags['base-url'],
      scope: flags['token-scope'],
      claims: flags.claim && parseClaims(flags.claim),
    },
    client: clientFromFlags(flags),
    certificate: certificateFromFlags(flags, projectRoot),
  };
}

/** Whoever names the token endpoint of another server does not mean an org. */
const impliedServerType = (flags: Partial<ConnectionFlags>): 'oauth2' | undefined =>
  flags['token-endpoint'] === undefined && flags.issuer === undefined ? undefined : 'oauth2';

function clientFromFlags(flags: Partial<ConnectionFlags>): ConnectionDraft['client'] {
  const isInline = flags['inline-settings'];
  return {
    type: flags['client-type'],
    org: flags['client-org'],
    classPrefix: flags['class-prefix'],
    invocable: flags.invocable,
    queueable: flags.queueable,
    settings: isInline === undefined ? undefined : apexSettings[isInline ? 1 : 0],
    cachePartition: flags['cache-partition'],
    namedCredential: flags['named-credential'],
    principal: flags.principal,
    permissionSet: flags['callout-permission-set'],
    username: flags['client-username'],
  };
}

function certificateFromFlags(flags: Partial<ConnectionFlags>, projectRoot: string): ConnectionDraft['certificate'] {
  const inProject = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : relative(projectRoot, resolve(path));
  const keySize = keySizes.find((size) => String(size) === flags['key-size']);
  const files = {
    key: inProject(flags['jwt-key-file']),
    certificate: inProject(flags['certificate-file']),
    store: inProject(flags['store-file']),
  };
  const named = Object.values(files).some((file) => file !== undefined) ? defined(files) : undefined;
  return {
    // Files that are named now win over a source that was saved before.
    source: flags['certificate-source'] ?? (named ? 'existing' : undefined),
    name: flags['certificate-name'],
    keySize,
    validDays: flags['valid-days'],
    subject: flags.subject === undefined ? undefined : parseSubject(flags.subject),
    files: named,
  };
}
