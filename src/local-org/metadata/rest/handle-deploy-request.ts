import { json, type LocalRequest, type LocalResponse, type RouteHandler } from '../../http.js';
import type { LocalOrg } from '../../model.js';
import { jsonFault } from '../../rest/json-fault.js';
import { RestRefusal } from '../../rest/refusal.js';
import { refuseUnknownVersion } from '../../rest/versions.js';
import { cancelDeploy, deployValidated, findDeploy, startDeploy, type DeployRefusal } from '../deploy/deploy-jobs.js';
import { readJsonOptions } from '../deploy/deploy-options.js';
import { withoutDetails } from '../deploy/deploy-result.js';
import { readMultipart } from './read-multipart.js';

/** `POST …/metadata/deployRequest`: a zip as multipart, or the id of a validation as JSON. */
export const postDeployRequest: RouteHandler = async (request, org) => {
  refuseUnknownVersion(request.params['version']);
  const contentType = request.headers['content-type'] ?? '';
  if (/^application\/json\b/i.test(contentType)) return quickDeploy(request, org);
  if (/^multipart\/form-data\b/i.test(contentType)) return multipartDeploy(request, org);
  throw new RestRefusal(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Content-Type not supported: a deploy request is multipart/form-data, a quick deploy application/json',
  );
};

/** `GET …/metadata/deployRequest/ID`, with `?includeDetails=true`. */
export const getDeployRequest: RouteHandler = async ({ params, query }, org) => {
  refuseUnknownVersion(params['version']);
  const found = await findDeploy(org, params['id'] ?? '');
  if (found.kind === 'refusal') throw toRefusal(found);
  const { result } = found;
  const deployResult = query.get('includeDetails') === 'true' ? result : withoutDetails(result);
  return json(200, { id: result.id, deployResult });
};

/** `PATCH …/metadata/deployRequest/ID`: cancel. */
export const patchDeployRequest: RouteHandler = ({ params, body, userId = '' }, org) => {
  refuseUnknownVersion(params['version']);
  const deployResult = fieldOf(parseJson(body), 'deployResult');
  if (fieldOf(deployResult, 'status') !== 'Canceling') {
    throw new RestRefusal(400, 'INVALID_FIELD', 'The only change of a deploy request is deployResult.status Canceling');
  }
  const cancelled = cancelDeploy(org, userId, params['id'] ?? '');
  if (cancelled.kind === 'refusal') throw toRefusal(cancelled);
  const { result } = cancelled;
  return Promise.resolve(json(202, { id: result.id, deployResult: withoutDetails(result) }));
};

async function multipartDeploy(request: LocalRequest, org: LocalOrg): Promise<LocalResponse> {
  const read = await readMultipart(request.headers, request.body);
  if (read.kind === 'fault') throw new RestRefusal(400, 'INVALID_MULTIPART_REQUEST', read.message);
  // Salesforce documents the name json for the options; jsforce sends them as entity_content.
  const entity = read.parts.get('json') ?? read.parts.get('entity_content');
  const zip = read.parts.get('file');
  if (!zip) throw new RestRefusal(400, 'INVALID_MULTIPART_REQUEST', 'The multipart request has no part named file');
  const deployOptions = entity === undefined ? undefined : fieldOf(parseJson(entity), 'deployOptions');
  const options = readJsonOptions(deployOptions);
  if (options.kind === 'fault') throw new RestRefusal(400, 'INVALID_OPERATION', options.message);
  const { id } = await startDeploy(org, request.userId ?? '', zip, options.options);
  return accepted(id, deployOptions);
}

async function quickDeploy(request: LocalRequest, org: LocalOrg): Promise<LocalResponse> {
  const id = fieldOf(parseJson(request.body), 'validatedDeployRequestId');
  if (typeof id !== 'string') {
    throw new RestRefusal(400, 'REQUIRED_FIELD_MISSING', 'Required field is missing: validatedDeployRequestId');
  }
  const started = await deployValidated(org, request.userId ?? '', id);
  // 404 for any package that does not meet the requirements (Metadata API Developer Guide, deployRequest).
  if (started.kind === 'refusal') throw new RestRefusal(404, started.code, started.message);
  return accepted(started.id, null, id);
}

function accepted(id: string, deployOptions: unknown, validatedDeployRequestId: string | null = null): LocalResponse {
  const deployResult = { id, done: false, status: 'Pending', success: false };
  return json(201, { validatedDeployRequestId, id, deployOptions: deployOptions ?? null, deployResult });
}

function toRefusal({ code, message }: DeployRefusal): RestRefusal {
  return new RestRefusal(code === 'INVALID_CROSS_REFERENCE_KEY' ? 404 : 400, code, message);
}

function parseJson(body: Buffer): unknown {
  const text = body.toString('utf8');
  const fault = jsonFault(text);
  if (fault !== undefined) throw new RestRefusal(400, 'JSON_PARSER_ERROR', fault);
  return JSON.parse(text);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}
