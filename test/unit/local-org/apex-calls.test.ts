import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { hostOrgs, type HostedOrg } from './hosted-org.js';

const notExecuted = 'Not executed: a local org does not run Apex.';
const tooling = '/services/data/v67.0/tooling';

describe('calls to the Apex of a local org', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-client']))[0]!;
  });

  afterEach(() => host.close());

  const rest = (source: string) =>
    host.send('GET', `${tooling}/executeAnonymous/?${new URLSearchParams({ anonymousBody: source }).toString()}`);

  const envelope = (operation: string, source: string, session = host.admin): string =>
    '<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cmd="http://soap.sforce.com/2006/08/apex">' +
    `<env:Header><cmd:SessionHeader><cmd:sessionId>${session}</cmd:sessionId></cmd:SessionHeader></env:Header>` +
    `<env:Body><${operation} xmlns="http://soap.sforce.com/2006/08/apex"><apexcode>${source}</apexcode></${operation}></env:Body></env:Envelope>`;

  const soap = async (body: string, version = '67.0') => {
    const path = `/services/Soap/s/${version}/${host.org.id.slice(0, 15)}`;
    const { status, text } = await host.send('POST', path, { body, headers: { 'content-type': 'text/xml' } });
    const parsed = new XMLParser({ parseTagValue: false }).parse(text) as Record<string, Record<string, unknown>>;
    return { status, envelope: parsed['soapenv:Envelope'], text };
  };

  const soapResult = async (source: string): Promise<unknown> => {
    const { envelope: answer } = await soap(envelope('executeAnonymous', source));
    return (answer?.['soapenv:Body'] as Record<string, Record<string, unknown>>)['executeAnonymousResponse']?.[
      'result'
    ];
  };

  it('REST: says that correct anonymous Apex was not executed', async () => {
    expect((await rest("System.debug('a');")).body).to.deep.equal({
      compiled: true,
      success: false,
      line: -1,
      column: -1,
      compileProblem: null,
      exceptionMessage: notExecuted,
      exceptionStackTrace: null,
    });
  });

  it('REST: says where the syntax of anonymous Apex is wrong', async () => {
    const { body } = await rest('Integer a = 1;\nInteger b = ;');
    expect(body).to.include({ compiled: false, success: false, line: 2, column: 13, exceptionMessage: null });
    expect(body.compileProblem).to.be.a('string').and.include('no viable alternative');
  });

  it('SOAP: answers both as well, with a header for the log', async () => {
    expect(await soapResult('System.debug(&apos;a&apos;);')).to.include({
      compiled: 'true',
      success: 'false',
      line: '-1',
      exceptionMessage: notExecuted,
    });
    expect(await soapResult('\n\nInteger b = &lt;&amp;;')).to.include({
      compiled: 'false',
      success: 'false',
      line: '3',
    });
    const { text } = await soap(envelope('executeAnonymous', '\nx = &lt;&amp;;'));
    expect(text)
      .to.include('<DebuggingInfo><debugLog/></DebuggingInfo>')
      .and.include('<exceptionMessage xsi:nil="true"/>');
    expect(text, 'unescaped').to.not.include("'<&");
  });

  it('SOAP: refuses other sessions, operations, versions, and what is no envelope', async () => {
    const fault = async (body: string, version?: string) => {
      const { status, text } = await soap(body, version);
      return [status, /<faultcode>(.*)<\/faultcode>/.exec(text)?.[1]];
    };
    expect(await fault(envelope('executeAnonymous', '', 'other'))).to.deep.equal([500, 'sf:INVALID_SESSION_ID']);
    expect(await fault(envelope('runTests', ''))).to.deep.equal([500, 'soapenv:Client']);
    expect(await fault(envelope('executeAnonymous', ''), '99.0')).to.deep.equal([500, 'sf:UNSUPPORTED_API_VERSION']);
    expect(await fault('<x')).to.deep.equal([500, 'soapenv:Client']);
    expect(host.faults).to.deep.equal([]);
  });

  it('refuses test runs, for it has no result of them', async () => {
    for (const name of ['runTestsSynchronous', 'runTestsAsynchronous']) {
      const { status, body } = await host.send('POST', `${tooling}/${name}`, { json: { tests: [{ className: 'A' }] } });
      expect(status).to.equal(400);
      expect(body).to.deep.equal([{ message: notExecuted, errorCode: 'FUNCTIONALITY_NOT_ENABLED' }]);
    }
  });
});
