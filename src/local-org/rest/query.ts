import { json, type RouteHandler } from '../http.js';
import { describeColumns, runQuery } from '../soql/run.js';
import { basePathOf, isTooling } from './base-path.js';
import { RestRefusal } from './refusal.js';

/** `GET …/query?q=…` and `…/queryAll`, of both APIs; with `&columns=true` only what the columns are. */
export const query: RouteHandler = (request, org) => {
  const soql = request.query.get('q');
  if (soql === null || soql.trim() === '')
    throw new RestRefusal(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const options = { basePath: basePathOf(request), tooling: isTooling(request) };
  const run = request.query.get('columns') === 'true' ? describeColumns : runQuery;
  return Promise.resolve(json(200, run(org, soql, options)));
};
