import { expect } from 'chai';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { startOrgChild, type OrgChild } from '../helpers/org-child.js';
import { temporaryFolder } from '../helpers/home.js';
import { SeededRandom } from '../helpers/seeded-random.js';
import { metadataXml, packageXml } from '../unit/local-org/metadata/metadata-xml.js';

const data = '/services/data/v67.0';
const deployPath = `${data}/metadata/deployRequest`;
const rounds = 6;

/** What a client was told is done, and what it has asked for without an answer. */
type Known = {
  readonly names: Map<string, string>;
  /** Ids of accounts whose last request was not answered. */
  readonly unsure: Set<string>;
  readonly deletedIds: Set<string>;
  readonly deployIds: Map<string, number>;
  readonly retrieveIds: string[];
  /** Of the last deploy that was seen to succeed. */
  deployed: number;
};

describe('local org: killed at any moment', function () {
  this.timeout(120_000);
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  const children: OrgChild[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) await child.stop('SIGKILL');
  });

  const startHere = async (...args: Parameters<typeof startOrgChild>): Promise<OrgChild> => {
    const child = await startOrgChild(...args);
    children.push(child);
    return child;
  };

  const query = async (child: OrgChild, soql: string, path = 'query') => {
    const answer = await child.send('GET', `${data}/${path}?${new URLSearchParams({ q: soql }).toString()}`);
    expect(answer?.status, soql).to.equal(200);
    return answer!.body.records as readonly Record<string, string>[];
  };

  /** Three components that carry the same number: whoever sees two different ones sees half a deploy. */
  const deploymentOf = (serial: number): FormData => {
    const site = (name: string): Record<string, Uint8Array> => ({
      [`remoteSiteSettings/${name}.remoteSite`]: strToU8(
        metadataXml(
          'RemoteSiteSetting',
          '<disableProtocolSecurity>false</disableProtocolSecurity>',
          '<isActive>true</isActive>',
          `<url>https://v${serial}.example.com</url>`,
        ),
      ),
    });
    const zip = zipSync({
      'package.xml': strToU8(packageXml({ RemoteSiteSetting: ['One', 'Two'], PermissionSet: ['Crm'] })),
      ...site('One'),
      ...site('Two'),
      'permissionsets/Crm.permissionset': strToU8(metadataXml('PermissionSet', `<label>v${serial}</label>`)),
    });
    const form = new FormData();
    const deployOptions = { singlePackage: true, rollbackOnError: true };
    form.set('json', new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
    form.set('file', new Blob([Buffer.from(zip)]), 'package.zip');
    return form;
  };

  const metadata = async (child: OrgChild, operation: string, inner: string): Promise<string> => {
    const response = await fetch(`${child.instanceUrl}/services/Soap/m/67.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"><e:Header><SessionHeader><sessionId>${child.token}</sessionId></SessionHeader></e:Header><e:Body><${operation}>${inner}</${operation}></e:Body></e:Envelope>`,
    });
    return response.text();
  };

  async function driveAccounts(child: OrgChild, known: Known, label: string, acknowledge: () => void): Promise<void> {
    for (let index = 0; ; index += 1) {
      const name = `${label}-${index}`;
      const created = await child.send('POST', `${data}/sobjects/Account`, { Name: name });
      if (created?.status !== 201) return;
      const id = created.body.id as string;
      known.names.set(id, name);
      acknowledge();
      known.unsure.add(id);
      const isDeleted = index % 3 === 2;
      const path = `${data}/sobjects/Account/${id}`;
      const changed = isDeleted
        ? await child.send('DELETE', path)
        : await child.send('PATCH', path, { Name: `${name}, changed` });
      if (changed?.status !== 204) return;
      known.unsure.delete(id);
      if (isDeleted) known.deletedIds.add(id);
      known.names.set(id, `${name}, changed`);
      acknowledge();
    }
  }

  async function driveDeploys(
    child: OrgChild,
    known: Known,
    serials: () => number,
    acknowledge: () => void,
  ): Promise<void> {
    for (;;) {
      const serial = serials();
      const started = await child.send('POST', deployPath, deploymentOf(serial));
      if (started?.status !== 201) return;
      const id = started.body.id as string;
      known.deployIds.set(id, serial);
      acknowledge();
      for (let status = ''; status !== 'Succeeded';) {
        const polled = await child.send('GET', `${deployPath}/${id}`);
        if (polled?.status !== 200) return;
        status = polled.body.deployResult.status as string;
        expect(['Pending', 'InProgress', 'Succeeded']).to.include(status);
      }
      known.deployed = serial;
      acknowledge();
    }
  }

  async function checkAccounts(child: OrgChild, { names, unsure, deletedIds }: Known): Promise<void> {
    const found = new Map((await query(child, 'SELECT Id, Name FROM Account')).map(({ Id, Name }) => [Id!, Name!]));
    for (const [id, name] of names) {
      if (deletedIds.has(id)) expect(found.has(id), name).to.equal(false);
      else if (!unsure.has(id)) expect(found.get(id)).to.equal(name);
      else expect([name, `${name}, changed`, undefined]).to.include(found.get(id));
    }
  }

  /** The parts of the last deploy have all one number, that of the last known or of one that was on its way. */
  async function checkParts(child: OrgChild, { deployed }: Known): Promise<void> {
    const labels = await query(child, "SELECT Label FROM PermissionSet WHERE Name = 'Crm'");
    const numbers = labels.map(({ Label = '' }) => Number(Label.slice(1)));
    const names = '<fullNames>One</fullNames><fullNames>Two</fullNames>';
    const sites = await metadata(child, 'readMetadata', `<type>RemoteSiteSetting</type>${names}`);
    const urls = [...sites.matchAll(/<url>https:\/\/v(\d+)\./g)].map(([, serial]) => Number(serial));
    expect(urls, 'parts of one deploy').to.deep.equal(numbers.flatMap((number) => [number, number]));
    expect(numbers[0] ?? 0).to.be.at.least(deployed);
  }

  /** Each deploy that has an id comes to its end. */
  async function checkDeploys(child: OrgChild, known: Known): Promise<void> {
    for (const [id, serial] of known.deployIds) {
      let status = '';
      for (let polls = 0; polls < 5 && status !== 'Succeeded'; polls += 1) {
        const polled = await child.send('GET', `${deployPath}/${id}`);
        expect(polled?.status, `deploy ${serial}`).to.equal(200);
        status = polled!.body.deployResult.status as string;
      }
      expect(status, `deploy ${serial}`).to.equal('Succeeded');
      known.deployed = Math.max(known.deployed, serial);
    }
    known.deployIds.clear();
  }

  /** Each retrieve that has an id has a result; one is added for the next time. */
  async function checkRetrieves(child: OrgChild, { retrieveIds }: Known): Promise<void> {
    const types = '<types><members>*</members><name>PermissionSet</name></types>';
    const request = `<request><unpackaged>${types}<version>67.0</version></unpackaged></request>`;
    retrieveIds.push(/<id>(09S\w+)<\/id>/.exec(await metadata(child, 'retrieve', request))?.[1] ?? '');
    for (const id of retrieveIds) {
      const status = await metadata(child, 'checkRetrieveStatus', `<asyncProcessId>${id}</asyncProcessId>`);
      expect(status, `retrieve ${id}`).to.include('<status>Succeeded</status>').and.include('<zipFile>');
    }
  }

  async function checkAll(child: OrgChild, known: Known): Promise<void> {
    await checkAccounts(child, known);
    await checkParts(child, known);
    await checkDeploys(child, known);
    await checkRetrieves(child, known);
  }

  it('has all that it acknowledged and no half of a deploy, each of six times', async () => {
    const stateDir = temporaryFolder('state');
    const numbers = new SeededRandom(20_260_601);
    const random = (): number => numbers.fraction();
    const known: Known = {
      names: new Map(),
      unsure: new Set(),
      deletedIds: new Set(),
      deployIds: new Map(),
      retrieveIds: [],
      deployed: 0,
    };
    let serial = 0;
    const settings = { deployDelayPolls: 1 };
    for (let round = 0; round < rounds; round += 1) {
      const child = await startHere(stateDir, { settings });
      await checkAll(child, known);
      let left = 1 + Math.floor(random() * 60);
      const acknowledge = (): void => {
        left -= 1;
        if (left === 0) child.child.kill('SIGKILL');
      };
      await Promise.all([
        driveAccounts(child, known, `${round}a`, acknowledge),
        driveAccounts(child, known, `${round}b`, acknowledge),
        driveDeploys(child, known, () => (serial += 1), acknowledge),
      ]);
      expect((await child.stop('SIGKILL')).signal).to.equal('SIGKILL');
    }
    // What a process has written half when it is killed, and what of it the disk may have.
    const file = join(stateDir, 'jwt-server.jsonl');
    appendFileSync(file, readFileSync(file).subarray(0, 5000).toString('latin1').replaceAll('\n', ' '));
    const last = await startHere(stateDir, { settings });
    await checkAll(last, known);
    expect(known.deployed).to.be.above(rounds);
  });
});
