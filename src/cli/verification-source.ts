import { SfProject } from '@salesforce/core';
import type { X509Certificate } from 'node:crypto';
import { JwtError } from '../errors.js';
import { theKey } from '../keys/adopt.js';
import { belongsTo } from '../keys/chain.js';
import type { InputFile, KeyFileContents } from '../keys/key-file.js';
import { printable } from '../keys/printable.js';
import { readInputFile } from '../keys/read-input-file.js';
import { readKeyFile } from '../keys/read-key-file.js';
import { parseServerUrl } from '../verify/server-url.js';
import type { VerifyInput } from '../verify/verify-flow.js';

/** The flags that describe a flow, as `sf org login jwt` names them. */
export type FlowFlags = {
  readonly 'client-id'?: string | undefined;
  readonly 'jwt-key-file'?: string | undefined;
  readonly username?: string | undefined;
  readonly 'instance-url'?: string | undefined;
  readonly audience?: string | undefined;
  readonly 'certificate-file'?: string | undefined;
  readonly 'password-file'?: string | undefined;
};

const flowFlagNames = [
  'client-id',
  'jwt-key-file',
  'username',
  'instance-url',
  'audience',
  'certificate-file',
  'password-file',
] as const;

const requiredNames = ['client-id', 'jwt-key-file', 'username'] as const;

/** What `sf jwt verify` is asked to verify: a connection by name, or a flow by flags. */
export type VerifyRequest =
  { readonly mode: 'connection'; readonly name: string } | { readonly mode: 'flow'; readonly flow: RequiredFlow };

type RequiredFlow = FlowFlags & { readonly [name in (typeof requiredNames)[number]]: string };

/**
 * Tells which of its two ways a command is used in.
 *
 * @throws JwtError `verifyModesMixed`, `verifyNothingNamed`, `verifyFlagsMissing`
 */
export function readRequest(flags: FlowFlags & { readonly connection?: string | undefined }): VerifyRequest {
  const given = flowFlagNames.filter((name) => flags[name] !== undefined);
  if (flags.connection !== undefined) {
    if (given.length > 0) throw new JwtError('verifyModesMixed', [listed(given)]);
    return { mode: 'connection', name: flags.connection };
  }
  if (given.length === 0) throw new JwtError('verifyNothingNamed');
  const { 'client-id': clientId, 'jwt-key-file': keyFile, username } = flags;
  if (!clientId || !keyFile || !username) {
    const missing = requiredNames.filter((name) => !flags[name]);
    throw new JwtError('verifyFlagsMissing', [listed(missing)], { data: { missing } });
  }
  return { mode: 'flow', flow: { ...flags, 'client-id': clientId, 'jwt-key-file': keyFile, username } };
}

const listed = (names: readonly string[]): string => names.map((name) => `--${name}`).join(', ');

export type FlowDeps = {
  /** Password of an encrypted key or a store; undefined where there is none. */
  readonly password: (file: InputFile) => Promise<string | undefined>;
  readonly environment: NodeJS.ProcessEnv;
  readonly deadlineSeconds: number;
};

/**
 * Reads the files and checks the addresses that flags name.
 *
 * @throws JwtError `instanceUrlRefused`, or what the files are refused for
 */
export async function readFlow(flow: RequiredFlow, deps: FlowDeps): Promise<VerifyInput> {
  const instanceUrl = acceptUrl(flow['instance-url'] ?? (await defaultInstanceUrl()));
  const keyFile = await readInputFile(flow['jwt-key-file']);
  const contents = await readKeyFile(keyFile, await deps.password(keyFile));
  const privateKey = theKey(contents, keyFile.path);
  const certificates = certificatesIn(await certificateContents(flow, contents));
  // An audience in the environment counts for the CLI's own login too.
  const audience = flow.audience ?? (deps.environment['SF_AUDIENCE_URL'] || undefined);
  const certificate = certificates.find((each) => belongsTo(each, privateKey)) ?? certificates[0];
  return {
    privateKey,
    ...(certificate === undefined ? {} : { certificate }),
    clientId: flow['client-id'],
    username: flow.username,
    instanceUrl,
    ...(audience === undefined ? {} : { audience }),
    deadlineSeconds: deps.deadlineSeconds,
  };
}

/** The certificate may stand in the same file as the key. */
async function certificateContents(flow: RequiredFlow, keyContents: KeyFileContents): Promise<KeyFileContents> {
  const path = flow['certificate-file'];
  if (path === undefined) return keyContents;
  const contents = await readKeyFile(await readInputFile(path));
  if (certificatesIn(contents).length === 0) throw new JwtError('certificateMissing', [printable(path)]);
  return contents;
}

const certificatesIn = ({ entries }: KeyFileContents): readonly X509Certificate[] =>
  entries.flatMap(({ certificates }) => certificates);

function acceptUrl(typed: string): string {
  const url = parseServerUrl(typed);
  if (url.kind === 'accepted') return url.base;
  const reason = url.suggestion === undefined ? url.reason : `${url.reason} (use ${printable(url.suggestion)})`;
  throw new JwtError('instanceUrlRefused', [printable(typed), reason]);
}

/** As `sf org login jwt` does: the login URL of the project, else the one of production. */
async function defaultInstanceUrl(): Promise<string> {
  const production = 'https://login.salesforce.com';
  try {
    const { sfdcLoginUrl } = await (await SfProject.resolve()).resolveProjectConfig();
    return typeof sfdcLoginUrl === 'string' ? sfdcLoginUrl : production;
  } catch {
    return production;
  }
}
