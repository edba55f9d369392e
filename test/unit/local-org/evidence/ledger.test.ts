import { expect } from 'chai';
import { ledger } from '../../../../src/local-org/evidence/ledger.js';
import { noAnswers, noCodes, tables } from './no-answers.js';
import { readSaid, type SaidText } from './said-texts.js';

const behaviours = ledger.flatMap(({ behaviours }) => behaviours);
const says = behaviours.flatMap((behaviour) => behaviour.says ?? []);
const prose = behaviours.flatMap(({ does, source, says: texts = [] }) => [does, source, ...texts]).join('\n');

describe('evidence ledger', function () {
  // Reading all of the local org's code takes the compiler a moment.
  this.timeout(60_000);
  let sentences: readonly SaidText[];
  let codes: readonly SaidText[];

  before(() => {
    ({ sentences, codes } = readSaid((file) => tables.some((table) => file.startsWith(table))));
  });

  it('has a row for every text in the code of a local org', () => {
    const known = new Set([...says, ...noAnswers]);
    const absent = sentences.filter(({ text }) => !known.has(text)).map(({ text, place }) => `${place}: ${text}`);

    expect(absent, 'add a row to src/local-org/evidence for each of these texts').to.deep.equal([]);
  });

  it('names every error code of a local org', () => {
    const named = new Set([...(prose.match(/\w+/g) ?? []), ...noCodes]);
    const absent = codes.filter(({ text }) => !named.has(text)).map(({ text, place }) => `${place}: ${text}`);

    expect(absent, 'name these codes in a row of src/local-org/evidence').to.deep.equal([]);
  });

  it('has no text that no code says', () => {
    const said = new Set([...sentences, ...codes].map(({ text }) => text));

    expect(says.filter((text) => !said.has(text))).to.deep.equal([]);
  });

  it('lists nothing as no answer that no code has', () => {
    const said = new Set(sentences.map(({ text }) => text));

    expect(noAnswers.filter((text) => !said.has(text))).to.deep.equal([]);
  });

  it('gives each row a sentence and a source, and no row twice', () => {
    const sentencesOf = behaviours.map(({ does }) => does);

    expect(behaviours.filter(({ does }) => !/^[`\w].*\.$/s.test(does))).to.deep.equal([]);
    expect(behaviours.filter(({ source }) => source.trim().length < 8)).to.deep.equal([]);
    expect(sentencesOf.filter((does, index) => sentencesOf.indexOf(does) !== index)).to.deep.equal([]);
  });

  it('names a place for what is documented or was seen: a thread, an address, a page', () => {
    const thread = /[\w.-]+\/[\w.-]+#\d+|https?:\/\/|\b[\w-]+\.(?:com|org|dev|io)\b/;
    const page = /Guide|\bHelp\b|Reference|RFC \d+|OpenID Connect|Stack Exchange|SOAP 1\.1|W3C|WSDL|[\w@-]+\/[\w-]+/;
    const placeless = behaviours
      .filter(({ grade }) => grade === 'seen' || grade === 'documented')
      .filter(({ source }) => !thread.test(source) && !page.test(source));

    expect(placeless, 'name a place, or grade it as assumed').to.deep.equal([]);
  });

  it('keeps a local org’s own limits apart from what orgs do', () => {
    const ownTexts = says.filter((text) => /\ba local org\b/i.test(text));
    const misplaced = behaviours
      .filter(({ grade }) => grade === 'seen' || grade === 'documented')
      .filter((behaviour) => behaviour.says?.some((text) => ownTexts.includes(text)));

    expect(misplaced).to.deep.equal([]);
  });
});
