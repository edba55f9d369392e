/** What a request asks an org to do, as fault rules name it. */
export const operations = [
  'token',
  'introspect',
  'revoke',
  'userinfo',
  'identity',
  'versions',
  'limits',
  'query',
  'describe',
  'create',
  'read',
  'update',
  'delete',
  'composite',
  'execute-anonymous',
  'run-tests',
  'deploy',
  'deploy-status',
  'deploy-cancel',
  'retrieve',
  'retrieve-status',
  'list-metadata',
  'describe-metadata',
  'read-metadata',
  'change-metadata',
  'callout',
] as const;

export type Operation = (typeof operations)[number];

type Row = readonly [operation: Operation, method: RegExp, path: RegExp, root: string];

/** The first row that fits wins: paths of many requests begin alike. */
const restOperations: readonly Row[] = [
  row('token', /./, '/services/oauth2/token'),
  row('introspect', /./, '/services/oauth2/introspect'),
  row('revoke', /./, '/services/oauth2/revoke'),
  row('userinfo', /./, '/services/oauth2/userinfo'),
  row('identity', /./, String.raw`/id/\w+/\w+`),
  row('versions', /GET|HEAD/, String.raw`/services/data(?:/v\d+\.\d)?`),
  row('callout', /POST/, '/_local/(?:jwt-bearer|named-credential)'),
  data('limits', /GET|HEAD/, '/limits'),
  data('query', /GET|HEAD/, '/query(?:All)?(?:/.*)?'),
  data('describe', /GET|HEAD/, String.raw`/sobjects(?:/\w+(?:/describe)?)?`),
  data('composite', /./, '/composite(?:/.*)?'),
  data('execute-anonymous', /GET|HEAD/, '/executeAnonymous'),
  data('run-tests', /POST/, '/runTests(?:As|S)ynchronous'),
  data('create', /POST/, String.raw`/sobjects/\w+`),
  data('read', /GET|HEAD/, String.raw`/sobjects/\w+/.+`),
  data('update', /PATCH|PUT/, String.raw`/sobjects/\w+/.+`),
  data('delete', /DELETE/, String.raw`/sobjects/\w+/.+`),
  data('deploy', /POST/, '/metadata/deployRequest(?:/.*)?'),
  data('deploy-status', /GET|HEAD/, '/metadata/deployRequest/.+'),
  data('deploy-cancel', /PATCH/, '/metadata/deployRequest/.+'),
];

/** Calls of the SOAP APIs by the name of the element in the body. */
const soapOperations: ReadonlyMap<string, Operation> = new Map([
  ['deploy', 'deploy'],
  ['deployRecentValidation', 'deploy'],
  ['checkDeployStatus', 'deploy-status'],
  ['cancelDeploy', 'deploy-cancel'],
  ['retrieve', 'retrieve'],
  ['checkRetrieveStatus', 'retrieve-status'],
  ['listMetadata', 'list-metadata'],
  ['describeMetadata', 'describe-metadata'],
  ['readMetadata', 'read-metadata'],
  ['createMetadata', 'change-metadata'],
  ['updateMetadata', 'change-metadata'],
  ['upsertMetadata', 'change-metadata'],
  ['deleteMetadata', 'change-metadata'],
  ['executeAnonymous', 'execute-anonymous'],
]);

/** How far into a SOAP envelope its call is looked for: behind the header, before a zip. */
const envelopeBytes = 16 * 1024;

/** What a request asks for, or undefined where no rule has a name for it. */
export function operationOf(method: string, path: string, body: Buffer): Operation | undefined {
  if (isSoap(path)) return soapOperations.get(calledIn(body));
  return restOperations.find((entry) => entry[1].test(method) && entry[2].test(path))?.[0];
}

/** Whether some path of an operation may begin like this. */
export function mayBegin(operation: Operation, path: string): boolean {
  const roots = restOperations.filter(([name]) => name === operation).map(([, , , root]) => root);
  if ([...soapOperations.values()].includes(operation)) roots.push(soapRoot);
  return roots.some((root) => root.startsWith(path) || path.startsWith(root));
}

const soapRoot = '/services/Soap/';

/** Whether a path belongs to one of the SOAP APIs. */
export function isSoap(path: string): boolean {
  return path.startsWith(soapRoot);
}

function calledIn(body: Buffer): string {
  const text = body.subarray(0, envelopeBytes).toString('latin1');
  return /<(?:[\w-]{1,50}:)?Body[^<>]*>\s*<(?:[\w-]{1,50}:)?(\w+)/.exec(text)?.[1] ?? '';
}

function row(operation: Operation, method: RegExp, path: string): Row {
  return [operation, method, new RegExp(`^${path}/?$`), /^[\w/]*/.exec(path)?.[0] ?? ''];
}

function data(operation: Operation, method: RegExp, path: string): Row {
  return row(operation, method, String.raw`/services/data/v\d+\.\d(?:/tooling)?${path}`);
}
