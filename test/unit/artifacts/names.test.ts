import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { apex, xml } from '../../../src/artifacts/escape.js';
import * as names from '../../../src/artifacts/names.js';
import { isReservedInApex } from '../../../src/artifacts/reserved-words.js';
import { apexStringLiterals } from '../../helpers/apex-checks.js';
import { hostileStrings } from './hostile-strings.js';
import { refusal } from './refusal.js';

type Row = {
  readonly check: (field: string, value: string) => unknown;
  readonly rule: string;
  readonly takes: readonly string[];
  readonly refuses: readonly string[];
};

const long = (length: number): string => 'a'.repeat(length);

const table: Readonly<Record<string, Row>> = {
  'API version': {
    check: (_, value) => names.apiVersion(value),
    rule: 'need 61.0 or newer',
    takes: ['61.0', '67.0', '100.0'],
    refuses: ['', '60.0', '9.0', '67', '67.5', "67.0'", ' 67.0', '0x61.0', '1e9.0'],
  },
  'developer name': {
    check: names.developerName,
    rule: 'a developer name has at most 80 characters',
    takes: ['A', 'Erp_Integration', 'a1_b2', long(80)],
    refuses: ['', '1a', '_a', 'a_', 'a__b', 'a-b', 'a b', 'ä', "a'b", 'a<b', 'a\n', 'A.B', long(81)],
  },
  'certificate name': {
    check: names.certificateName,
    rule: 'at most 40 lower-case letters',
    takes: ['erp', 'erp_jwt_2', long(40)],
    refuses: ['', 'Erp', 'erp__jwt', 'erp_', '2erp', 'erp-jwt', 'ERP', long(41)],
  },
  'class prefix': {
    check: names.classPrefix,
    rule: 'a class prefix has at most 23 characters',
    takes: ['Erp', 'A', 'Jwt_Token', 'Class', 'Trigger', 'Auth', long(23)],
    refuses: ['', '1A', 'A__c', 'A_', 'A-B', 'A.B', 'Ä', "A'", 'A{{B}}', long(24)],
  },
  'class prefix of a name that is taken': {
    check: names.classPrefix,
    rule: 'the platform uses the name',
    takes: ['Async', 'Apex', 'BatchJob'],
    refuses: ['AsyncApex', 'asyncapex', 'Batch', 'Duplicate', 'Notification', 'PackagePush'],
  },
  'cache partition': {
    check: names.cachePartition,
    rule: 'a partition is named with its namespace',
    takes: ['local.Tokens', 'acme.T1'],
    refuses: ['', 'Tokens', 'local.', '.Tokens', 'local.To_kens', "local.T'", 'local.a.b', `local.${long(80)}`],
  },
  issuer: {
    check: names.claimText,
    rule: 'it is one line of 1 to 255 printable characters',
    takes: ['crm', "'); delete x; //", ']]> & <b>', '{{x}} {!y}', '日本 😀', long(255)],
    refuses: ['', ' a', 'a ', 'a\nb', 'a\tb', 'a\u0000', 'a\uD800', 'a\uFFFF', 'a\u202Eb', long(256)],
  },
  username: {
    check: names.username,
    rule: 'a Salesforce username has at most 80 characters and the form of an email address',
    takes: ['a@b.co', "o'neil+x&y@acme.co.uk", 'ünï@exämple.com', 'a{{b}}@c.de', `${long(74)}@b.co`],
    refuses: [
      '',
      'a',
      'a@b',
      '@b.co',
      'a@.co',
      'a@b.',
      'a@b..c',
      'a b@c.de',
      'a@b@c.de',
      'a<b@c.de',
      'a"b@c.de',
      'a\n@b.co',
      'a@b.co\n',
      'a\u202E@b.co',
      'a\uD800@b.co',
      `${long(80)}@b.co`,
    ],
  },
  'contact email': {
    check: names.emailAddress,
    rule: 'an email address has at most 80 characters',
    takes: ['ops@acme.com', "o'neil@acme.com"],
    refuses: ['', 'ops', 'ops@acme', 'Ops <ops@acme.com>', 'a,b@c.de', 'ops@acme.com\u0000', 'ops@acme.com;x@y.zz'],
  },
  'consumer key': {
    check: names.consumerKey,
    rule: 'a consumer key has 8 to 256 letters',
    takes: ['3MVG9example_key.1', 'abcd+/==', long(256)],
    refuses: ['', 'short', "3MVG9'example", '3MVG9 example', '3MVG9\nexample', '3MVG9{{x}}<', long(257)],
  },
};

describe('names', () => {
  for (const [field, { check, rule, takes, refuses }] of Object.entries(table)) {
    for (const value of takes) {
      it(`takes ${JSON.stringify(value)} as ${field}`, () => {
        expect(check(field, value)).to.equal(value);
      });
    }
    for (const value of refuses) {
      it(`refuses ${JSON.stringify(value)} as ${field}, by name and rule`, () => {
        const error = refusal(() => check(field, value));
        expect(error?.key).to.equal('refusedValue');
        expect(error?.tokens[0]).to.equal(field);
        expect(error?.tokens[2]).to.include(rule);
        expect(error?.data).to.deep.equal({ field });
      });
    }
  }

  it('leaves no name in the templates that a generated class could hide, or be hidden by', () => {
    const folder = new URL('../../../templates/apex/', import.meta.url);
    const declared = readdirSync(folder).flatMap((template) => {
      const source = readFileSync(new URL(template, folder), 'utf8').replace(/\/\/.*|\/\*[^]*?\*\//g, '');
      const variables = /(?<=[\w>}] )([a-zA-Z]\w*)(?= =|;\n|, |\) \{| \{)/g;
      const types = /(?<=\b(?:class|interface|new) )\w+/g;
      return [...source.matchAll(variables), ...source.matchAll(types)].map(([name]) => name);
    });
    expect(declared).to.include.members([
      'server',
      'certificateName',
      'problem',
      'report',
      'ServerMock',
      'HttpRequest',
    ]);
    const suffixes = new RegExp(`(${names.classSuffixes.join('|')})(Test)?$`, 'i');
    expect(declared.filter((name) => suffixes.test(name))).to.deep.equal([]);
  });

  it('knows what the platform has itself', () => {
    expect(['AsyncApexJob', 'BatchJob', 'MktMLPredictionJob', 'NotificationClient'].every(isReservedInApex)).to.equal(
      true,
    );
    expect(isReservedInApex('ErpJob')).to.equal(false);
  });

  it('says nothing with control or direction characters in it', () => {
    const error = refusal(() => names.label('app label', 'a\u001B[2Jb\u202Ec'));
    expect(error?.tokens[1]).to.equal('"a\\u{1b}[2Jb\\u{202e}c"');
  });

  for (const value of [
    '',
    '   ',
    ' a',
    'a ',
    'a\nb',
    'a\tb',
    'a\u0000',
    'a\uD800',
    'a\uFFFF',
    'a\u202Eb',
    'a'.repeat(81),
  ]) {
    it(`refuses ${JSON.stringify(value.slice(0, 20))} as a label`, () => {
      expect(refusal(() => names.label('app label', value))?.tokens[2]).to.match(/^a label /);
    });
  }

  it('lets 1,000 hostile labels through only where XML and Apex give back exactly that label', () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true });
    const outcomes = hostileStrings(1000, 20261125).map((text) => {
      const error = refusal(() => names.label('app label', text));
      if (error) {
        expect(error.tokens[0]).to.equal('app label');
        return 'refused';
      }
      const { a } = parser.parse(`<a>${xml(text)}</a>`) as { a: string };
      expect(a, JSON.stringify(text)).to.equal(text);
      expect(apexStringLiterals(`'${apex(text)}'`).literals, JSON.stringify(text)).to.have.length(1);
      return 'taken';
    });
    expect(outcomes.filter((outcome) => outcome === 'taken')).to.have.length.greaterThan(150);
    expect(outcomes.filter((outcome) => outcome === 'refused')).to.have.length.greaterThan(300);
  });

  it('takes the scopes that the flow needs', () => {
    expect(names.scopes('scope', ['Api', 'Web', 'RefreshToken'])).to.deep.equal(['Api', 'Web', 'RefreshToken']);
  });

  for (const [values, rule] of [
    [['api'], 'the scopes that metadata knows are'],
    [['Api', 'refresh_token'], 'the scopes that metadata knows are'],
    [['Api', 'Api'], 'each scope stands once'],
    [['RefreshToken'], 'one more scope than RefreshToken'],
    [[], 'one more scope than RefreshToken'],
    [['Api, Web'], 'the scopes that metadata knows are'],
  ] as const) {
    it(`refuses the scopes ${JSON.stringify(values)}`, () => {
      const error = refusal(() => names.scopes('scope', values));
      expect(error?.tokens[0]).to.equal('scope');
      expect(error?.tokens[2]).to.include(rule);
    });
  }
});
