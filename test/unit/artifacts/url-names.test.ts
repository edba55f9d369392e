import { expect } from 'chai';
import * as names from '../../../src/artifacts/names.js';
import { refusal } from './refusal.js';

type Row = {
  readonly check: (field: string, value: string) => string;
  readonly rule: string;
  readonly takes: readonly string[];
  readonly refuses: readonly string[];
};

const table: Readonly<Record<string, Row>> = {
  'token endpoint': {
    check: names.webUrl,
    rule: 'it is a URL like',
    takes: ['https://auth.example.com:8443/token?a=1', "https://a.b/o'x", 'http://localhost:1/t', 'http://127.0.0.1/'],
    refuses: [
      '',
      'auth.example.com',
      'http://auth.example.com',
      'https://me:pw@a.b/',
      'https://me@a.b/',
      'https://a.b/#c',
      'https://a.b/ c',
      'https://a.b/\n',
      'https://a.b/\u202Ec',
      'javascript:alert(1)',
    ],
  },
  'base URL': {
    check: names.apiUrl,
    rule: 'it has no query',
    takes: ['https://api.example.com/v1', 'https://api.example.com:8443/', 'http://localhost:1/t'],
    refuses: ['https://api.example.com/v1?key=1', 'https://api.example.com/?', 'https://api.example.com?a=b'],
  },
  'base URL that is no URL': {
    check: names.apiUrl,
    rule: 'it is a URL like',
    takes: [],
    refuses: ['', 'api.example.com', 'http://api.example.com', 'https://me:pw@a.b/', 'https://a.b/#c'],
  },
  'instance URL': {
    check: names.orgOrigin,
    rule: 'it is the origin of an org',
    takes: ['https://acme.my.salesforce.com', 'http://localhost:1234', 'http://127.0.0.1:80'],
    refuses: [
      '',
      'acme.my.salesforce.com',
      'http://acme.my.salesforce.com',
      'ftp://localhost',
      'https://a.b/c',
      'https://a.b?c',
      'https://a.b/#c',
      'https://me:pw@a.b',
      'https://a.b/\n',
      'javascript:alert(1)',
      "https://a.b'",
    ],
  },
  'instance URL of a login host': {
    check: names.orgOrigin,
    rule: 'it is the My Domain URL of the org',
    takes: ['https://login.my.salesforce.com', 'https://acme--dev.sandbox.my.salesforce.com'],
    refuses: ['https://login.salesforce.com', 'https://test.salesforce.com/', 'https://LOGIN.Salesforce.com'],
  },
  'instance URL of pages': {
    check: names.orgOrigin,
    rule: 'the My Domain URL of the org, https://acme.my.salesforce.com',
    takes: ['https://lightning.my.salesforce.com'],
    refuses: [
      'https://acme.lightning.force.com',
      'https://acme.my.salesforce-setup.com/',
      'https://ACME.lightning.force.com',
    ],
  },
  'instance URL of pages in a sandbox': {
    check: names.orgOrigin,
    rule: 'https://acme--uat.sandbox.my.salesforce.com',
    takes: ['https://acme--uat.sandbox.my.salesforce.com'],
    refuses: ['https://acme--uat.sandbox.lightning.force.com', 'https://acme--uat.sandbox.my.salesforce-setup.com'],
  },
  'instance URL of Visualforce': {
    check: names.orgOrigin,
    rule: 'https://MY_DOMAIN.my.salesforce.com',
    takes: [],
    refuses: ['https://acme--c.vf.force.com', 'https://acme--c.visualforce.com'],
  },
};

describe('URLs', () => {
  for (const [field, { check, rule, takes, refuses }] of Object.entries(table)) {
    for (const value of takes) {
      it(`takes ${JSON.stringify(value)} as ${field}`, () => {
        expect(check(field, value)).to.equal(value.endsWith(':80') ? value.slice(0, -3) : value);
      });
    }
    for (const value of refuses) {
      it(`refuses ${JSON.stringify(value)} as ${field}, by name and rule`, () => {
        const error = refusal(() => check(field, value));
        expect([error?.key, error?.tokens[0], error?.data]).to.deep.equal(['refusedValue', field, { field }]);
        expect(error?.tokens[2]).to.include(rule);
      });
    }
  }
});
