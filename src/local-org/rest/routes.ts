import type { Route, RouteHandler } from '../http.js';
import { changeRecords, createRecords, deleteRecords, readRecords } from './collections.js';
import { composite, compositeBatch, listComposite } from './composite.js';
import { executeAnonymous } from './execute-anonymous.js';
import { query, queryMore } from './query.js';
import { runTests } from './run-tests.js';
import { soapApex } from './soap-apex.js';
import {
  changeRecord,
  createRecord,
  deleteRecord,
  describe,
  listSObjects,
  readRecord,
  showSObject,
} from './sobjects.js';
import { createTree } from './tree.js';
import { listLimits, listResources, listVersions, refuseUnknownVersion } from './versions.js';

const both = String.raw`(?:/tooling)?`;

/** The REST and Tooling APIs that setup, verification and the `sf` CLI use, and the SOAP API for Apex. */
export const restRoutes: readonly Route[] = [
  { method: 'GET', pattern: /^\/services\/data\/?$/, handler: listVersions, session: 'none' },
  versioned('GET', '/?', listResources),
  versioned('GET', '/limits/?', listLimits),
  versioned('GET', '/tooling/?', listResources),
  versioned('GET', `${both}/query(?:All)?/?`, query),
  versioned('GET', `${both}/query(?:All)?/(?<locator>[\\w-]+)/?`, queryMore),
  versioned('GET', '/tooling/executeAnonymous/?', executeAnonymous),
  versioned('POST', '/tooling/runTests(?:As|S)ynchronous/?', runTests),
  {
    method: 'POST',
    pattern: /^\/services\/Soap\/s\/(?<version>\d+\.\d)(?:\/[^/]+)?\/?$/,
    handler: soapApex,
    session: 'soap',
  },
  versioned('GET', `${both}/sobjects/?`, listSObjects),
  versioned('GET', `${both}/sobjects/(?<object>\\w+)/?`, showSObject),
  versioned('POST', `${both}/sobjects/(?<object>\\w+)/?`, createRecord),
  versioned('GET', `${both}/sobjects/(?<object>\\w+)/describe/?`, describe),
  versioned('GET', `${both}/sobjects/(?<object>\\w+)/(?<id>[^/]+)`, readRecord),
  versioned('PATCH', `${both}/sobjects/(?<object>\\w+)/(?<id>[^/]+)`, changeRecord),
  versioned('DELETE', `${both}/sobjects/(?<object>\\w+)/(?<id>[^/]+)`, deleteRecord),
  versioned('POST', `${both}/composite/sobjects/?`, createRecords),
  versioned('PATCH', `${both}/composite/sobjects/?`, changeRecords),
  versioned('DELETE', `${both}/composite/sobjects/?`, deleteRecords),
  versioned('GET', `${both}/composite/sobjects/(?<object>\\w+)/?`, readRecords),
  versioned('POST', `${both}/composite/sobjects/(?<object>\\w+)/?`, readRecords),
  versioned('GET', `${both}/composite/?`, listComposite),
  versioned('POST', `${both}/composite/?`, composite),
  versioned('POST', `${both}/composite/batch/?`, compositeBatch),
  versioned('POST', '/composite/tree/(?<object>\\w+)/?', createTree),
];

function versioned(method: string, path: string, handler: RouteHandler): Route {
  return {
    method,
    pattern: new RegExp(`^/services/data/v(?<version>[1-9]\\d{0,2}\\.0)${path}$`),
    session: 'bearer',
    handler: async (request, org) => {
      refuseUnknownVersion(request.params['version']);
      return handler(request, org);
    },
  };
}
