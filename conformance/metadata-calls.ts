import { unzipSync } from 'fflate';
import { setTimeout as pause } from 'node:timers/promises';
import { manifestXml, zipOf, type Member, type PackageFiles } from './metadata-package.js';
import type { Answer, OrgUnderTest } from './org-under-test.js';

export type DeployMessage = {
  readonly componentType: string | null;
  readonly fullName: string;
  readonly fileName: string;
  readonly problem?: string | null;
  readonly problemType?: string | null;
  readonly lineNumber?: number | null;
  readonly columnNumber?: number | null;
};

export type DeployResult = {
  readonly done: boolean;
  readonly status: string;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly details?: {
    readonly componentFailures: readonly DeployMessage[];
    readonly componentSuccesses: readonly DeployMessage[];
  };
};

export type DeployOptions = Readonly<Record<string, unknown>>;

const boundary = 'conformance-boundary';

/** How long an org may take for a deploy or a retrieve. */
const patienceMilliseconds = 15 * 60_000;

/** Starts a deploy over REST. */
export async function startDeploy(org: OrgUnderTest, zip: Buffer, options: DeployOptions = {}): Promise<Answer> {
  const deployOptions = { rollbackOnError: true, singlePackage: true, ...options };
  const part = (name: string, type: string, more = ''): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\nContent-Type: ${type}\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(`${part('json', 'application/json')}${JSON.stringify({ deployOptions })}\r\n`),
    Buffer.from(part('file', 'application/zip', '; filename="deploy.zip"')),
    zip,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return org.request('POST', deployPath(org), { headers, body });
}

/** Deploys and waits for the end. @throws Error where the org does not start it, or takes too long */
export async function deployZip(org: OrgUnderTest, zip: Buffer, options?: DeployOptions): Promise<DeployResult> {
  const { status, text } = await startDeploy(org, zip, options);
  if (status !== 201) throw new Error(`The deploy was not started: HTTP ${status} ${text.slice(0, 300)}`);
  const { id } = JSON.parse(text) as { readonly id: string };
  return waitFor(org, async () => {
    const poll = await org.request('GET', `${deployPath(org)}/${id}?includeDetails=true`);
    const { deployResult } = JSON.parse(poll.text) as { readonly deployResult: DeployResult };
    return deployResult.done ? deployResult : undefined;
  });
}

/** Has an org judge files, and keep nothing of them. @param members Of package.xml */
export async function validate(
  org: OrgUnderTest,
  files: PackageFiles,
  members: readonly Member[],
  options: DeployOptions = {},
): Promise<unknown> {
  const zip = zipOf({ 'package.xml': manifestXml(members, org.apiVersion), ...files });
  return observeDeploy(await deployZip(org, zip, { checkOnly: true, ...options }));
}

/** What there is to compare of the result of a deploy. */
export function observeDeploy({ status, errorMessage, errorStatusCode, details }: DeployResult): unknown {
  const warnings = [details?.componentSuccesses ?? []].flat().filter(({ problem }) => problem);
  return {
    status,
    errorMessage,
    errorStatusCode,
    failures: sorted(details?.componentFailures),
    warnings: sorted(warnings),
  };
}

function sorted(messages: readonly DeployMessage[] = []): readonly unknown[] {
  return [messages]
    .flat()
    .map(({ componentType, fullName, fileName, problem, problemType, lineNumber, columnNumber }) => ({
      componentType: componentType ?? '',
      fullName,
      fileName,
      problem,
      problemType,
      place: lineNumber ? `${lineNumber}:${columnNumber ?? ''}` : undefined,
    }))
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

export type Retrieved = {
  /** Path in the zip to content. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
};

/** Retrieves components and waits for the end. @throws Error where the org takes too long */
export async function retrieve(org: OrgUnderTest, members: readonly Member[]): Promise<Retrieved> {
  const wanted = /<types>.*<\/version>/s.exec(manifestXml(members, org.apiVersion))?.[0] ?? '';
  const request = `<apiVersion>${org.apiVersion}</apiVersion><singlePackage>true</singlePackage><unpackaged>${wanted}</unpackaged>`;
  const started = await org.soap('retrieve', `<retrieveRequest>${request}</retrieveRequest>`);
  const id = elementOf(started.text, 'id');
  const { text } = await waitFor(org, async () => {
    const poll = await org.soap(
      'checkRetrieveStatus',
      `<asyncProcessId>${id}</asyncProcessId><includeZip>true</includeZip>`,
    );
    return elementOf(poll.text, 'done') === 'true' || poll.status !== 200 ? poll : undefined;
  });
  const zip = unzipSync(Buffer.from(elementOf(text, 'zipFile'), 'base64'));
  return {
    files: new Map(Object.entries(zip).map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')])),
    problems: [...text.matchAll(/<problem>([^<]*)<\/problem>/g)].map(([, problem = '']) => unescaped(problem)).sort(),
  };
}

/** Text of the first element of a name, empty where there is none. */
export function elementOf(xml: string, name: string): string {
  return unescaped(new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)</`).exec(xml)?.[1] ?? '');
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '');
}

function deployPath({ apiVersion }: OrgUnderTest): string {
  return `/services/data/v${apiVersion}/metadata/deployRequest`;
}

async function waitFor<T>(org: OrgUnderTest, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patienceMilliseconds;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(org.isLocal ? 10 : 2000);
  }
  throw new Error(`${org.label} was not done after ${patienceMilliseconds / 60_000} minutes.`);
}
