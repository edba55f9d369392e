import { applyPatch } from 'diff';
import { expect } from 'chai';
import { differenceOf, shownDifferences } from '../../../src/apply/unified-diff.js';

const place = { path: 'jwt/erp/client/main/default/classes/ErpClient.cls', where: 'org' } as const;
const numbered = (count: number, word: string): string =>
  Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join('');

describe('differenceOf', () => {
  it('gives a patch that makes the one of the other', async () => {
    const [there, wanted] = ['a\nb\nc\nd\n', 'a\nB\nc\nd\ne\n'];
    const { diff } = await differenceOf(place, there, wanted);
    expect(applyPatch(there, diff)).to.equal(wanted);
    expect(diff).to.contain(`--- ${place.path} in the org`);
  });

  it('is empty for the same content', async () => {
    expect((await differenceOf(place, 'a\n', 'a\n')).diff).to.equal('');
  });

  it('shows nothing of a file with a private key, on either side', async () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n';
    for (const [there, wanted] of [
      [key, 'x'],
      ['x', key],
    ] as const) {
      expect((await differenceOf(place, there, wanted)).diff).to.equal('Not shown: the file holds a private key.\n');
    }
  });

  it('shows no secret that metadata holds', async () => {
    const there = '<ConnectedApp>\n<consumerSecret>hush</consumerSecret>\n</ConnectedApp>\n';
    const { diff } = await differenceOf(place, there, '<ConnectedApp/>\n');
    expect(diff).not.to.contain('hush');
    expect(diff).to.contain('-<consumerSecret>not shown</consumerSecret>');
  });

  it('shows none however it is written, and all that stands beside it', async () => {
    const secrets = [
      '<password><![CDATA[hush]]></password>',
      '<password ><![CDATA[hu<sh]]> hush</password >',
      '<password xsi:type="xsd:string">\nhush\n</password>',
      '<sf:oauthToken>hush</sf:oauthToken>',
      '<clientSecret><!-- a --> hush &lt;</clientSecret>',
    ];
    for (const secret of secrets) {
      const there = `<A>\n<password/>\n<beside>x</beside>\n${secret}\n<after>y</after>\n<password>hush</A>\n`;
      const { diff } = await differenceOf(place, there, '<A/>\n');
      expect(diff, secret).not.to.contain('hush');
      expect(diff, secret).to.contain('-<beside>x</beside>').and.to.contain('-<after>y</after>');
    }
  });
});

describe('shownDifferences', () => {
  it('shows the beginning of a long one, and says how much more there is', async () => {
    const difference = await differenceOf(place, numbered(100, 'old'), numbered(100, 'new'));
    const lines = shownDifferences([difference]).trim().split('\n');
    expect(lines).to.have.length(41);
    const whole = difference.diff.trimEnd().split('\n').length;
    expect(lines.at(-1)).to.equal(
      `… ${whole - 40} more lines of ${place.path}: the field "differences" of --json has them all`,
    );
  });

  it('shows no more than fits a screen or two of many files', async () => {
    const difference = await differenceOf(place, numbered(100, 'old'), numbered(100, 'new'));
    const shown = shownDifferences(Array(10).fill(difference));
    expect(shown.split('\n').filter((line) => /^[-+ @]/.test(line))).to.have.length(120);
    expect(shown.match(/more lines/g)).to.have.length(10);
  });

  it('says that a component has the same content, and nothing where nothing was compared', () => {
    expect(shownDifferences([{ ...place, diff: '' }])).to.equal(`\n\n${place.path} has the same content.`);
    expect(shownDifferences([])).to.equal('');
  });

  it('lets no control character of an org through', async () => {
    const difference = await differenceOf(place, '\u001b[2Jcleared\n', 'a\n');
    expect(shownDifferences([difference])).to.contain('-\\u{1b}[2Jcleared');
  });
});
