import { json, type LocalRequest, type LocalResponse, type RouteHandler } from '../http.js';
import { describeColumns, runQuery } from '../soql/run.js';
import { basePathOf, isTooling } from './base-path.js';
import { keepCursor, takeFrom, type Page } from './query-cursors.js';
import { RestRefusal } from './refusal.js';
import { userOf } from './sobjects.js';

/** `GET …/query?q=…` and `…/queryAll`, of both APIs; with `&columns=true` only what the columns are. */
export const query: RouteHandler = (request, org) => {
  const soql = request.query.get('q');
  if (soql === null || soql.trim() === '')
    throw new RestRefusal(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const options = { basePath: basePathOf(request), tooling: isTooling(request) };
  if (request.query.get('columns') === 'true') return Promise.resolve(json(200, describeColumns(org, soql, options)));
  const result = runQuery(org, soql, options);
  const size = batchSizeOf(request);
  if (result.records.length <= size) return Promise.resolve(json(200, result));
  const locator = keepCursor(org, userOf(request), result.records);
  return Promise.resolve(pageOf(request, takeFrom(org, userOf(request), locator, { from: 0, size })));
};

/** `GET …/query/LOCATOR`: the records behind those of `nextRecordsUrl`. */
export const queryMore: RouteHandler = (request, org) => {
  const [locator = '', from = ''] = (request.params['locator'] ?? '').split('-');
  const page = /^\d{1,7}$/.test(from)
    ? takeFrom(org, userOf(request), locator, { from: Number(from), size: batchSizeOf(request) })
    : undefined;
  return Promise.resolve(pageOf(request, page));
};

function pageOf(request: LocalRequest, page: Page | undefined): LocalResponse {
  if (!page) throw new RestRefusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  const { totalSize, records, next } = page;
  if (next === undefined) return json(200, { totalSize, done: true, records });
  return json(200, { totalSize, done: false, nextRecordsUrl: `${basePathOf(request)}/query/${next}`, records });
}

/** REST API Developer Guide, Query Options Header: 200 to 2,000 records, 2,000 where nothing is said. */
function batchSizeOf({ headers }: LocalRequest): number {
  const asked = /batchSize\s*=\s*(\d{1,5})/i.exec(String(headers['sforce-query-options'] ?? ''))?.[1];
  return asked === undefined ? 2000 : Math.min(Math.max(Number(asked), 200), 2000);
}
