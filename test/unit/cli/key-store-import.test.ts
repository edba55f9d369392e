import { expect } from 'chai';
import { byHand, keyStoreImportFor, type ImportTerminal } from '../../../src/cli/key-store-import.js';
import { realOrgs } from '../../../src/cli/open-orgs.js';
import { apexConnection } from '../../helpers/connections.js';

const request = {
  org: 'crm prod',
  path: '/_ui/security/certificate/KeyStoreImportUi/e',
  url: 'https://crm.my.salesforce.com/_ui/security/certificate/KeyStoreImportUi/e',
  file: '.sf/jwt/erp/erp_jwt.jks',
  certificate: 'erp_jwt',
};

function terminal(run: ImportTerminal['run'] = () => undefined) {
  const lines: string[] = [];
  return { lines, terminal: { jsonEnabled: false, log: (text: string) => void lines.push(text), run } };
}

const choices = { projectRoot: process.cwd(), waitSeconds: 600, open: false };

describe('the import of a keystore by hand', () => {
  it('names the page by its words, its address and its command, the file, and the name that results', async () => {
    const { lines, terminal: on } = terminal();
    await byHand(choices, on).tell(request);
    const text = lines.join('\n');
    expect(text).to.contain('Setup > Certificate and Key Management > Import from Keystore');
    expect(text).to.contain(request.url);
    expect(text).to.contain(`sf org open --target-org 'crm prod' --path ${request.path}`);
    expect(text).to.contain('Choose the file .sf/jwt/erp/erp_jwt.jks');
    expect(text).to.contain('The certificate gets the name erp_jwt');
    expect(text).to.contain('up to 10 minutes');
  });

  it("opens the page with the CLI's own command, which needs no session of ours", async () => {
    const ran: unknown[] = [];
    const { terminal: on } = terminal((id, argv) => Promise.resolve(ran.push([id, argv])));
    await byHand({ ...choices, open: true }, on).tell(request);
    expect(ran).to.deep.equal([['org:open', ['--target-org', 'crm prod', '--path', request.path]]]);
    await byHand(choices, on).tell(request);
    expect(ran).to.have.length(1);
  });

  it('keeps the command from waiting for a Lightning domain that an org on this machine does not have', async () => {
    const local = { ...request, org: 'jwt-client', url: `http://localhost:4711${request.path}` };
    const seen: unknown[] = [];
    const { lines, terminal: on } = terminal(() => Promise.resolve(seen.push(process.env.SF_DOMAIN_RETRY)));
    const before = process.env.SF_DOMAIN_RETRY;
    try {
      process.env.SF_DOMAIN_RETRY = '12';
      await byHand({ ...choices, open: true }, on).tell(local);
      await byHand({ ...choices, open: true }, on).tell(request);
      expect(process.env.SF_DOMAIN_RETRY).to.equal('12');
    } finally {
      if (before === undefined) delete process.env.SF_DOMAIN_RETRY;
      else process.env.SF_DOMAIN_RETRY = before;
    }
    expect(seen).to.deep.equal(['0', '12']);
    expect(lines[0]).to.contain(`or: SF_DOMAIN_RETRY=0 sf org open --target-org jwt-client --path ${request.path}`);
    expect(lines[1]).to.contain("or: sf org open --target-org 'crm prod'");
  });

  it('goes on where there is no such command, and where it fails', async () => {
    const without = terminal();
    await byHand({ ...choices, open: true }, without.terminal).tell(request);
    expect(without.lines.at(-1)).to.contain('no command "org open"');
    const before = process.exitCode;
    const failing = terminal(() => {
      process.exitCode = 1;
      return Promise.reject(new Error('no browser'));
    });
    await byHand({ ...choices, open: true }, failing.terminal).tell(request);
    expect(process.exitCode).to.equal(before);
    expect(failing.lines.at(-1)).to.equal('The page could not be opened: no browser');
  });

  it('is asked of nobody where a program reads the answer, and done by itself in a trial', async () => {
    const { terminal: on } = terminal();
    const json = { ...on, jsonEnabled: true };
    expect(keyStoreImportFor(apexConnection(), realOrgs(), choices, json).kind).to.equal('nobody');
    const imported: unknown[] = [];
    const trial = {
      ...realOrgs(),
      importKeyStore: async (org: string, store: Uint8Array) => void imported.push([org, store.length]),
    };
    const how = keyStoreImportFor(apexConnection(), trial, choices, json);
    if (how.kind === 'upload') await how.upload(new Uint8Array(3), 'secret of this moment');
    expect(imported).to.deep.equal([['crm-prod', 3]]);
  });
});
