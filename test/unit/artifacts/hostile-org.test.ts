import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import type { ApexSettings, AppType, SalesforceConnection } from '../../../src/config/connection.js';
import { artifactsOf, sampleApexClient, sampleConnection, sampleFacts } from '../../golden/cases.js';
import { apexStringLiterals } from '../../helpers/apex-checks.js';
import { metadataProblems } from '../../helpers/metadata-types.js';
import { hostileStrings } from './hostile-strings.js';
import { refusal } from './refusal.js';
import { unescapeApex } from './unescape-apex.js';

/** What an app and its user are called, and the consumer key that an org tells. */
type Said = { readonly label: string; readonly email: string; readonly username: string; readonly consumerKey: string };

const harmless: Said = {
  label: 'Erp Integration',
  email: 'ops@acme.com',
  username: 'integration@acme.com',
  consumerKey: sampleFacts.consumerKey,
};

/** Each place where a text lands, by the name with which it is refused. */
const places: Readonly<Record<string, (text: string) => Partial<Said>>> = {
  'app label': (text) => ({ label: text }),
  'contact email': (text) => ({ email: `${text}@acme.example.com` }),
  username: (text) => ({ username: `o'neil${text}@acme.example.com` }),
  'consumer key': (text) => ({ consumerKey: `3MVG9example${text}` }),
};

type Kind = { readonly settings: ApexSettings; readonly app: AppType };

describe('texts of an org in Apex, its settings and its app', () => {
  for (const kind of [
    { settings: 'custom-metadata', app: 'external-client-app' },
    { settings: 'inline', app: 'connected-app' },
  ] as const satisfies Kind[]) {
    it(`are there as they were, 1,000 of them, or are refused by name (${kind.settings}, ${kind.app})`, function () {
      this.timeout(60_000);
      const outcomes = hostileStrings(1000, 20261127).map((text) => {
        const { taken, said } = placesThatTake(text, kind);
        expect(readFiles(filesOf(said, kind), kind), JSON.stringify(text)).to.deep.equal(said);
        return taken;
      });
      for (const place of Object.keys(places)) {
        const taken = outcomes.filter((names) => names.includes(place));
        expect(taken, place).to.have.length.greaterThan(50);
        expect(taken.length, place).to.be.lessThan(1000);
      }
    });
  }

  it('have a label on one line, which ends nothing that it stands in', () => {
    const kind = { settings: 'inline', app: 'external-client-app' } as const;
    for (const label of ['a\nb', ' a', '\u202Ea', '']) {
      expect(refusal(() => filesOf({ ...harmless, label }, kind))?.tokens[0]).to.equal('app label');
    }
    const label = '</description><label>x</label><description>';
    expect(readFiles(filesOf({ ...harmless, label }, kind), kind).label).to.equal(label);
  });
});

/** The text wherever it is not refused; a refusal has to name one of the places that still have it. */
function placesThatTake(text: string, kind: Kind): { readonly taken: readonly string[]; readonly said: Said } {
  let taken = Object.keys(places);
  for (;;) {
    const said: Said = Object.assign({}, harmless, ...taken.map((place) => places[place]?.(text)));
    const error = refusal(() => filesOf(said, kind));
    if (!error) return { taken, said };
    expect(error.key).to.equal('refusedValue');
    expect(taken, `${error.tokens.join(' ')} for ${JSON.stringify(text)}`).to.include(error.tokens[0]);
    taken = taken.filter((place) => place !== error.tokens[0]);
  }
}

function filesOf({ label, email, username, consumerKey }: Said, { settings, app }: Kind): ReadonlyMap<string, string> {
  const base = sampleConnection({ client: { ...sampleApexClient, settings }, app: { type: app, label } });
  const server = { ...base.server, username, app: { ...base.server.app, contactEmail: email } };
  const connection: SalesforceConnection = { ...base, server };
  const artifacts = artifactsOf({ connection, facts: { ...sampleFacts, consumerKey } });
  return new Map(artifacts.map(({ path, content }) => [path, content]));
}

const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true });

/** What the files say, read by a parser of XML and a lexer of Apex. */
function readFiles(files: ReadonlyMap<string, string>, { settings, app }: Kind): Said {
  const [path, root] =
    app === 'connected-app'
      ? (['connectedApps/Erp_Integration.connectedApp-meta.xml', 'ConnectedApp'] as const)
      : (['externalClientApps/Erp_Integration.eca-meta.xml', 'ExternalClientApplication'] as const);
  const { label, contactEmail } = readXml<{ label: string; contactEmail: string }>(files, path, root);
  const { description } = readXml<{ description: string }>(
    files,
    'permissionsets/Erp_Integration_Access.permissionset-meta.xml',
    'PermissionSet',
  );
  expect(description).to.include(`the app ${label} (`);
  const [consumerKey = '', username = ''] =
    settings === 'inline' ? constants(files, 'CONSUMER_KEY', 'USERNAME') : fields(files);
  return { label, email: contactEmail, username, consumerKey };
}

function readXml<T>(files: ReadonlyMap<string, string>, path: string, root: string): T {
  const xml = files.get(path) ?? '';
  expect(metadataProblems(xml)).to.deep.equal([]);
  return (parser.parse(xml) as Record<string, T>)[root] as T;
}

function fields(files: ReadonlyMap<string, string>): readonly (string | undefined)[] {
  const path = 'customMetadata/ErpSettings.Default.md-meta.xml';
  const { values } = readXml<{ values: { field: string; value: string }[] }>(files, path, 'CustomMetadata');
  return ['Consumer_Key__c', 'Username__c'].map((name) => values.find(({ field }) => field === name)?.value);
}

/** A constant's line has one literal, whatever is in it. */
function constants(files: ReadonlyMap<string, string>, ...names: readonly string[]): readonly string[] {
  const source = files.get('classes/ErpTokenProvider.cls') ?? '';
  expect(apexStringLiterals(source).problems).to.deep.equal([]);
  return names.map((name) => {
    const line = source.split('\n').find((one) => one.includes(` String ${name} = `)) ?? '';
    const { literals } = apexStringLiterals(line);
    expect(literals).to.have.length(1);
    return unescapeApex(literals[0] ?? '');
  });
}
