import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { clientArtifacts } from '../../../src/artifacts/build.js';
import { grantOf, type Grant } from '../../../src/artifacts/grant.js';
import type { ApexSettings, OAuthServer } from '../../../src/config/connection.js';
import { oauthConnection, sampleApexClient, sampleFacts, sampleOAuthServer } from '../../golden/cases.js';
import { apexStringLiterals } from '../../helpers/apex-checks.js';
import { metadataProblems } from '../../helpers/metadata-types.js';
import { hostileStrings } from './hostile-strings.js';
import { refusal } from './refusal.js';
import { unescapeApex } from './unescape-apex.js';

/** Each place where a text of the user lands, by the name with which it is refused. */
const places: Readonly<Record<string, (text: string) => Partial<OAuthServer>>> = {
  issuer: (issuer) => ({ issuer }),
  username: (username) => ({ username }),
  audience: (audience) => ({ audience }),
  'token scope': (scope) => ({ scope }),
  claim: (text) => ({ claims: { [text]: text, constant: true } }),
  'base URL': (text) => ({ baseUrl: `https://api.example.com/${text}` }),
  'token endpoint': (text) => ({ tokenEndpoint: `https://auth.example.com/token?${text}` }),
};

const byHand = [
  "'); delete [SELECT Id FROM User]; //",
  "\\'",
  '\\',
  '\\u0027',
  '*/ } }',
  ']]>',
  '</value><value>',
  '&quot;',
  '{{x}}{{{y}}}{!z}',
  '{"a":"b"}',
  '😀 日本 é',
  '%s ${x}',
];

describe('texts of the user in Apex and its settings', () => {
  for (const settings of ['custom-metadata', 'inline'] as const) {
    it(`are there as they were, 1,000 of them, or are refused by name (${settings})`, function () {
      this.timeout(60_000);
      const outcomes = [...byHand, ...hostileStrings(1000, 20261126)].map((text) => {
        const { taken, server } = placesThatTake(text, settings);
        const grant = grantOf(server, sampleFacts) as Grant;
        const read = settings === 'inline' ? readClass(server) : readRecord(server);
        expect(parsedOf(read, grant), JSON.stringify(text)).to.deep.equal(expectedOf(grant));
        return taken;
      });
      for (const place of Object.keys(places)) {
        const taken = outcomes.filter((names) => names.includes(place));
        expect(taken, place).to.have.length.greaterThan(byHand.length / 2 + 100);
        expect(taken.length, place).to.be.lessThan(1000);
      }
      expect(outcomes.slice(0, byHand.length).filter((names) => !names.includes('issuer'))).to.deep.equal([]);
    });
  }
});

/** A server with the text wherever it is not refused; a refusal has to name one of the places that still have it. */
function placesThatTake(
  text: string,
  settings: ApexSettings,
): { readonly taken: readonly string[]; readonly server: OAuthServer } {
  let taken = Object.keys(places);
  for (;;) {
    const server: OAuthServer = Object.assign({}, sampleOAuthServer, ...taken.map((place) => places[place]?.(text)));
    const error = refusal(() => clientFiles(server, settings));
    if (!error) return { taken, server };
    expect(error.key).to.equal('refusedValue');
    expect(taken, `${error.tokens.join(' ')} for ${JSON.stringify(text)}`).to.include(error.tokens[0]);
    taken = taken.filter((place) => place !== error.tokens[0]);
  }
}

function clientFiles(server: OAuthServer, settings: ApexSettings): ReadonlyMap<string, string> {
  const connection = oauthConnection({ ...sampleApexClient, settings }, server);
  const artifacts = clientArtifacts(connection, grantOf(server, sampleFacts) as Grant);
  return new Map(artifacts.map(({ path, content }) => [path, content]));
}

const expectedOf = ({
  baseUrl,
  tokenEndpoint,
  audience,
  issuer,
  subject,
  scope,
  claims,
}: Grant): readonly unknown[] => [
  ...[baseUrl, tokenEndpoint, audience, issuer, subject, 'erp_jwt'],
  ...(scope === undefined ? [] : [scope]),
  ...(claims === undefined ? [] : [claims]),
];

/** Claims are read as Apex reads them, from the JSON at the end. */
const parsedOf = (read: readonly string[], { claims }: Grant): readonly unknown[] =>
  claims === undefined ? read : [...read.slice(0, -1), JSON.parse(read.at(-1) ?? '')];

/** The constants are the first literals of the class. */
function readClass(server: OAuthServer): readonly string[] {
  const source = clientFiles(server, 'inline').get('classes/ErpTokenProvider.cls') ?? '';
  const { literals, problems } = apexStringLiterals(source);
  expect(problems).to.deep.equal([]);
  const count = source.match(/@TestVisible\n {4}private static final String/g)?.length;
  return literals.slice(0, count).map(unescapeApex);
}

const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true });

function readRecord(server: OAuthServer): readonly string[] {
  const xml = clientFiles(server, 'custom-metadata').get('customMetadata/ErpSettings.Default.md-meta.xml') ?? '';
  expect(metadataProblems(xml)).to.deep.equal([]);
  const { CustomMetadata } = parser.parse(xml) as {
    CustomMetadata: { values: { field: string; value: string }[] };
  };
  return CustomMetadata.values
    .filter(({ field, value }) => field !== 'Validity_Seconds__c' && value !== '')
    .map(({ value }) => value);
}
