import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import GenerateApp from '../../../../../src/commands/jwt/generate/app.js';
import { sampleCertificatePem } from '../../../../golden/cases.js';
import { commandsIn } from './commands-in.js';
import { enterProject, runCommand } from './run-command.js';
import { refusalOf } from '../../../../helpers/refusal.js';

const flags = ['--connection', 'erp', '--contact-email', 'ops@acme.com'];

describe('jwt generate app', () => {
  const home = process.cwd();
  let project: string;

  beforeEach(() => {
    project = enterProject();
    writeFileSync('server.crt', sampleCertificatePem);
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(project, { recursive: true, force: true });
  });

  it('writes an External Client App with the certificate, and says what, where, until when and what next', async () => {
    const { result, printed } = await runCommand(GenerateApp, [...flags, '--certificate-file', 'server.crt']);
    expect(result.connection).to.equal('erp');
    expect(result.files.map(({ action }) => action)).to.deep.equal(Array(6).fill('created'));
    for (const { path } of result.files) {
      expect(readFileSync(join(project, path), 'utf8'), path).to.include('<?xml');
      expect(printed).to.include(`  created  ${path}`);
    }
    const settings = result.files.find(({ path }) => path.endsWith('.ecaGlblOauth-meta.xml'))?.path ?? '';
    expect(readFileSync(join(project, settings), 'utf8')).to.include(sampleCertificatePem.trim());
    expect(printed).to.include('App Erp_Integration of the connection erp:');
    expect(printed).to.match(/valid until 21\d\d-\d\d-\d\d\./);
    expect(printed).to.include('sf project deploy start --source-dir jwt/erp/server/main/default --target-org');
  });

  it('writes a Connected App where that is asked for', async () => {
    const argv = [...flags, '--certificate-file', 'server.crt', '--app-type', 'connected-app', '--app-label', 'A & B'];
    const { result } = await runCommand(GenerateApp, argv);
    const app = result.files.find(({ path }) => path.endsWith('Erp_Integration.connectedApp-meta.xml'))?.path ?? '';
    expect(readFileSync(join(project, app), 'utf8')).to.include('<label>A &amp; B</label>');
  });

  it('leaves the app of an earlier name out of the deploy, and says so', async () => {
    const argv = [...flags, '--certificate-file', 'server.crt'];
    await runCommand(GenerateApp, argv);
    const { result, printed } = await runCommand(GenerateApp, [...argv, '--app-name', 'Sap']);
    expect(result.leftovers).to.include('jwt/erp/server/main/default/externalClientApps/Erp_Integration.eca-meta.xml');
    const [remove, deploy] = commandsIn(printed);
    expect(remove).to.equal(`rm ${result.leftovers.join(' ')}`);
    expect(deploy).to.include('/externalClientApps/Sap.eca-meta.xml ').and.not.include('Erp_Integration');
  });

  it('names org and user of a connection that is on file in the commands to paste', async () => {
    mkdirSync('config');
    const erp = { server: { org: 'erp prod', username: 'i@acme.com', app: { contactEmail: 'o@acme.com' } } };
    writeFileSync('config/jwt-connections.json', JSON.stringify({ connections: { erp } }));
    const { printed } = await runCommand(GenerateApp, ['--certificate-file', 'server.crt']);
    expect(commandsIn(printed)).to.deep.equal([
      "sf project deploy start --source-dir jwt/erp/server/main/default --target-org 'erp prod'",
      "sf org assign permset --name Erp_Integration_Access --target-org 'erp prod' --on-behalf-of i@acme.com",
    ]);
  });

  it("takes the connection's own certificate without a file", async () => {
    mkdirSync('.sf/jwt/erp', { recursive: true });
    writeFileSync('.sf/jwt/erp/erp_jwt.crt', sampleCertificatePem);
    const { result } = await runCommand(GenerateApp, flags);
    expect(result.files).to.have.length(6);
  });

  it('needs no more than the file of connections when all is in there', async () => {
    mkdirSync('config');
    const erp = {
      server: { org: 's', username: 'a@b.co', app: { name: 'Other_App', contactEmail: 'ops@acme.com' } },
      client: { type: 'external' },
    };
    writeFileSync('config/jwt-connections.json', JSON.stringify({ connections: { erp } }));
    const { result } = await runCommand(GenerateApp, ['--certificate-file', 'server.crt']);
    expect(result.files.map(({ path }) => path)).to.include(
      'jwt/erp/server/main/default/externalClientApps/Other_App.eca-meta.xml',
    );
  });

  it('finds nothing to do the second time, and keeps a changed file without --force', async () => {
    const argv = [...flags, '--certificate-file', 'server.crt'];
    await runCommand(GenerateApp, argv);
    const again = await runCommand(GenerateApp, argv);
    expect(again.result.files.map(({ action }) => action)).to.deep.equal(Array(6).fill('unchanged'));

    const relabelled = [...argv, '--app-label', 'Other'];
    const error = await refusalOf(() => runCommand(GenerateApp, relabelled));
    expect(error.key).to.equal('artifactsDiffer');
    expect(error.tokens[0]).to.include('jwt/erp/server/main/default/externalClientApps/Erp_Integration.eca-meta.xml');

    const forced = await runCommand(GenerateApp, [...relabelled, '--force']);
    expect(forced.result.files.filter(({ action }) => action === 'replaced')).to.have.length(2);
  });

  for (const [what, argv, key, token] of [
    ['no certificate', flags, 'noCertificateYet', join('.sf/jwt/erp/erp_jwt.crt')],
    ['a file that is not there', [...flags, '--certificate-file', 'none.crt'], 'keyFileUnreadable', 'none.crt'],
    [
      'a file that is no certificate',
      [...flags, '--certificate-file', 'sfdx-project.json'],
      'keyFileNotRecognised',
      'sfdx-project.json',
    ],
    [
      'no contact email',
      ['--connection', 'erp', '--certificate-file', 'server.crt'],
      'flagsMissing',
      '--contact-email',
    ],
    [
      'a hostile email',
      ['--connection', 'erp', '--contact-email', 'a<b@c.de', '--certificate-file', 'server.crt'],
      'refusedValue',
      'contact email',
    ],
    [
      'a hostile label',
      [...flags, '--certificate-file', 'server.crt', '--app-label', 'a\nb'],
      'refusedValue',
      'app label',
    ],
    [
      'a scope by its OAuth name',
      [...flags, '--certificate-file', 'server.crt', '--scope', 'refresh_token'],
      'refusedValue',
      'scope',
    ],
  ] as const) {
    it(`refuses ${what}, and writes nothing`, async () => {
      const error = await refusalOf(() => runCommand(GenerateApp, argv));
      expect(error.key).to.equal(key);
      expect(error.tokens.join(' ')).to.include(token);
      expect(readdirSync(project)).not.to.include('jwt');
    });
  }

  it('refuses a folder that is no DX project', async () => {
    process.chdir(tmpdir());
    expect((await refusalOf(() => runCommand(GenerateApp, flags))).key).to.equal('notADxProject');
  });
});
