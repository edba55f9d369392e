import { expect } from 'chai';
import { parseXml } from '../../../../src/local-org/metadata/xml/parse-xml.js';
import { renderDocument } from '../../../../src/local-org/metadata/xml/render-xml.js';
import { textOf } from '../../../../src/local-org/metadata/xml/xml-element.js';

describe('local-org/metadata/xml', () => {
  const broken: readonly (readonly [string, string, number])[] = [
    ['an unclosed element', '<a>\n<b>', 2],
    ['a wrong end tag', '<a>\n<b></a>', 2],
    ['an entity nobody declared', '<a>\n&foo;</a>', 2],
    ['a bare ampersand', '<a>\n& </a>', 2],
    ['text behind the root', '<a/>\njunk', 2],
    ['two roots', '<a/>\n<b/>', 2],
    ['an attribute twice', '<a x="1" x="2"/>', 1],
    ['a control character', '<a>\u0001</a>', 1],
    ['a character reference to one', '<a>&#1;</a>', 1],
    ['an undeclared prefix', '<x:a/>', 1],
    ['nothing', '', 1],
    ['text alone', 'hello', 1],
    ['a document type with entities', '<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>', 1],
    ['a document type without entities', '<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<a/>', 1],
    ['elements without end', '<a>'.repeat(60) + '</a>'.repeat(60), 1],
  ];
  for (const [what, xml, line] of broken) {
    it(`refuses ${what}, with its line`, () => {
      const parsed = parseXml(xml);
      expect(parsed.kind).to.equal('fault');
      expect(parsed).to.have.nested.property('fault.line', line);
      expect(parsed).to.have.nested.property('fault.message').that.matches(/\w/);
    });
  }

  it('refuses bytes that are not UTF-8', () => {
    expect(parseXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])).kind).to.equal('fault');
  });

  it('refuses a billion laughs without expanding them', () => {
    const levels = Array.from({ length: 10 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const parsed = parseXml(`<!DOCTYPE a [<!ENTITY l0 "ha">${levels.join('')}]><a>&l10;</a>`);
    expect(parsed).to.have.nested.property('fault.message', 'A document type declaration is not allowed.');
  });

  it('reads entities, CDATA and any character, and writes them back', () => {
    const parsed = parseXml('<a xmlns="u"><b>&lt;&#65;<![CDATA[<q>&]]>"\'ü€😀</b><c/></a>');
    if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
    const text = '<A<q>&"\'ü€😀';
    expect(textOf(parsed.root, 'b')).to.equal(text);
    const again = parseXml(renderDocument(parsed.root));
    expect(again.kind === 'document' && textOf(again.root, 'b')).to.equal(text);
  });

  it('takes names of JavaScript itself for what they are', () => {
    const parsed = parseXml('<a><__proto__>1</__proto__><constructor>2</constructor></a>');
    expect(parsed.kind === 'document' && parsed.root.children.map(({ name }) => name)).to.deep.equal([
      '__proto__',
      'constructor',
    ]);
  });

  it('stops where a document has too many elements, or all documents together have', () => {
    const parsed = parseXml(`<a>${'<b/>'.repeat(1_000_000)}</a>`);
    expect(parsed.kind === 'fault' && parsed.fault.message).to.include('at most 1000000 elements');
    const budget = { left: 3 };
    expect(parseXml('<a><b/></a>', budget).kind).to.equal('document');
    expect(parseXml('<a><b/></a>', budget).kind).to.equal('fault');
  }).timeout(10_000);
});
