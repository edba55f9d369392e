import { json, type RouteHandler } from '../http.js';
import { basePathOf } from './base-path.js';
import { isFields, jsonObject, type Fields } from './body.js';
import { insertReferences } from './references.js';
import { RestRefusal } from './refusal.js';
import { subrequestsOf, type RunSubrequest, type Subresponse } from './subrequest.js';
import { putBack, rowsOf } from './undo.js';

/** REST API Developer Guide: up to 25 subrequests in one call. */
const maxSubrequests = 25;

/** `GET …/composite`: what there is. */
export const listComposite: RouteHandler = (request) => {
  const base = `${basePathOf(request)}/composite`;
  return Promise.resolve(json(200, { batch: `${base}/batch`, sobjects: `${base}/sobjects`, tree: `${base}/tree` }));
};

/** `POST …/composite`: requests that may refer to the answers of those before them; `allOrNone` undoes all when one fails. */
export const composite: RouteHandler = async (request, org) => {
  const { compositeRequest, allOrNone } = jsonObject(request, 'CompositeRequest');
  const parts = listOf(compositeRequest, 'compositeRequest').map(partOf);
  refuseBadReferenceIds(parts);
  const run = await subrequestsOf(org, request);
  const before = allOrNone === true ? rowsOf(org) : undefined;
  const answers = new Map<string, Subresponse>();
  for (const part of parts) {
    const answer = await runPart(part, answers, run);
    answers.set(part.referenceId, answer);
    if (before && isFailure(answer)) {
      putBack(org, before);
      return json(200, { compositeResponse: parts.map((each) => shown(each, each === part ? answer : halted)) });
    }
  }
  return json(200, { compositeResponse: parts.map((part) => shown(part, answers.get(part.referenceId) ?? halted)) });
};

/** `POST …/composite/batch`: requests that know nothing of each other. */
export const compositeBatch: RouteHandler = async (request, org) => {
  const { batchRequests, haltOnError } = jsonObject(request, 'BatchRequest');
  const parts = listOf(batchRequests, 'batchRequests').map((entry) => {
    const method = textOf(entry, 'method').toUpperCase();
    const body = isFields(entry['richInput']) ? entry['richInput'] : undefined;
    return { method, url: `/services/data/${textOf(entry, 'url').replace(/^\/(?:services\/data\/)?/, '')}`, body };
  });
  const run = await subrequestsOf(org, request);
  const results: { readonly statusCode: number; readonly result: unknown }[] = [];
  for (const part of parts) {
    const isHalted = haltOnError === true && results.some(({ statusCode }) => statusCode >= 400);
    const { status, body } = isHalted ? batchHalted : await run(part);
    results.push({ statusCode: status, result: body });
  }
  return json(200, { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
};

type Part = {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: Fields;
};

const halted: Subresponse = {
  status: 400,
  headers: {},
  body: [
    {
      errorCode: 'PROCESSING_HALTED',
      message: 'The transaction was rolled back since another operation in the same transaction failed.',
    },
  ],
};

const batchHalted: Subresponse = {
  status: 412,
  headers: {},
  body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

async function runPart(
  part: Part,
  answers: ReadonlyMap<string, Subresponse>,
  run: RunSubrequest,
): Promise<Subresponse> {
  const filled = insertReferences({ url: part.url, body: part.body }, (id) => answers.get(id)?.body);
  if (filled.kind === 'filled') return run({ method: part.method, ...filled.value });
  return { status: 400, headers: {}, body: [{ errorCode: 'PROCESSING_HALTED', message: filled.message }] };
}

function listOf(value: unknown, name: string): readonly Fields[] {
  if (!Array.isArray(value) || !value.every(isFields))
    throw invalid(`The request needs "${name}", a list of requests.`);
  if (value.length > maxSubrequests) throw invalid(`A request takes at most ${maxSubrequests} others in "${name}".`);
  return value;
}

function partOf(entry: Fields): Part {
  const { body } = entry;
  if (body !== undefined && body !== null && !isFields(body)) throw invalid('The "body" of a request is an object.');
  const referenceId = textOf(entry, 'referenceId');
  return {
    method: textOf(entry, 'method').toUpperCase(),
    url: textOf(entry, 'url'),
    referenceId,
    body: body ?? undefined,
  };
}

function textOf(entry: Fields, name: string): string {
  const value = entry[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`Each request in the list needs "${name}", a text.`);
}

function refuseBadReferenceIds(parts: readonly Part[]): void {
  const ids = parts.map(({ referenceId }) => referenceId);
  if (new Set(ids).size === ids.length && ids.every((id) => /^[A-Za-z]\w*$/.test(id))) return;
  throw invalid('Each "referenceId" is another word of letters, digits and underscores that begins with a letter.');
}

function invalid(message: string): RestRefusal {
  return new RestRefusal(400, 'INVALID_INPUT', message);
}

function isFailure({ status }: Subresponse): boolean {
  return status >= 400;
}

function shown({ referenceId }: Part, { status, headers, body }: Subresponse): unknown {
  return { body, httpHeaders: headers, httpStatusCode: status, referenceId };
}
