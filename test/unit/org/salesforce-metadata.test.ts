import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import type { ComponentRef } from '../../../src/artifacts/artifact.js';
import { listExisting, readConsumerKey, retrieveCertificate } from '../../../src/org/salesforce-metadata.js';

type Answer = Readonly<Record<string, unknown>>;

/** What the Metadata API of an org answers; every call is noted. */
class MetadataOrg {
  public readonly calls: string[] = [];
  public readonly pauses: number[] = [];
  public listed: unknown = [];
  public readable: Readonly<Record<string, Answer>> = {};
  public retrieves: (() => Answer)[] = [];

  public constructor(private readonly instanceUrl = 'https://acme.my.salesforce.com') {}

  public readonly pause = (milliseconds: number): Promise<void> => {
    this.pauses.push(milliseconds);
    return Promise.resolve();
  };

  public connection(): Connection {
    const metadata = {
      list: (types: readonly { readonly type: string }[]) => {
        this.calls.push(`list ${types.map(({ type }) => type).join(' ')}`);
        return Promise.resolve(this.listed);
      },
      read: (type: string, names: readonly string[]) => {
        this.calls.push(`read ${type} ${names.length}`);
        return Promise.resolve(names.map((name) => this.readable[`${type}:${name}`.toLowerCase()] ?? {}));
      },
      retrieve: () => {
        this.calls.push('retrieve');
        return Promise.resolve({ id: '09S1', done: false });
      },
      checkRetrieveStatus: () => {
        const next = this.retrieves.length > 1 ? this.retrieves.shift() : this.retrieves[0];
        return Promise.resolve().then(() => (next ? next() : { done: false }));
      },
    };
    return { metadata, instanceUrl: this.instanceUrl, getApiVersion: () => '67.0' } as unknown as Connection;
  }
}

const finished = (files: Readonly<Record<string, string>>, more: Answer = {}) => {
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  const zipFile = Buffer.from(zipSync(Object.fromEntries(entries))).toString('base64');
  return () => ({ done: true, success: true, messages: [], fileProperties: [], zipFile, ...more });
};

const waiting = () => ({ done: false, success: false });

const messageOf = async (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('retrieveCertificate', () => {
  it('waits for a slow org, longer than ten seconds', async () => {
    const org = new MetadataOrg();
    org.retrieves = [...Array.from({ length: 45 }, () => waiting), finished({ 'certs/erp_jwt.crt': 'PEM' })];
    expect(await retrieveCertificate(org.connection(), 'erp_jwt', org.pause)).to.equal('PEM');
    expect(org.pauses).to.deep.equal(Array(45).fill(1000));
  });

  it('gives up after ten minutes, and says so', async () => {
    const org = new MetadataOrg();
    org.retrieves = [waiting];
    const message = await messageOf(retrieveCertificate(org.connection(), 'erp_jwt', org.pause));
    expect(message).to.equal('The org did not finish the retrieve 09S1 within 10 minutes.');
    expect(org.pauses).to.have.length(600);
  });

  it('does not let a person wait for an org on this machine', async () => {
    const org = new MetadataOrg('http://localhost:8080');
    org.retrieves = [waiting, finished({ 'unpackaged/certs/ERP_JWT.crt': 'PEM' })];
    expect(await retrieveCertificate(org.connection(), 'erp_jwt', org.pause)).to.equal('PEM');
    expect(org.pauses).to.deep.equal([20]);
  });

  it('tells why an org cannot retrieve', async () => {
    const org = new MetadataOrg();
    org.retrieves = [
      () => ({ done: true, success: false, errorStatusCode: 'UNKNOWN_EXCEPTION', errorMessage: 'try again' }),
    ];
    const message = await messageOf(retrieveCertificate(org.connection(), 'erp_jwt', org.pause));
    expect(message).to.equal('UNKNOWN_EXCEPTION: try again');
  });

  it('passes on a fault between two looks', async () => {
    const org = new MetadataOrg();
    org.retrieves = [
      waiting,
      () => {
        throw new Error('socket hang up');
      },
    ];
    expect(await messageOf(retrieveCertificate(org.connection(), 'erp_jwt', org.pause))).to.equal('socket hang up');
  });

  it('tells what an org says beside an answer without the certificate', async () => {
    const org = new MetadataOrg();
    org.retrieves = [finished({}, { messages: { problem: 'insufficient access to Certificate' } })];
    const message = await messageOf(retrieveCertificate(org.connection(), 'erp_jwt', org.pause));
    expect(message).to.equal('insufficient access to Certificate');
  });

  it('knows a certificate that is not there', async () => {
    const org = new MetadataOrg();
    const problem = "Entity of type 'Certificate' named 'erp_jwt' cannot be found";
    org.retrieves = [finished({ 'package.xml': '<Package/>' }, { messages: [{ problem }] })];
    expect(await retrieveCertificate(org.connection(), 'erp_jwt', org.pause)).to.equal(undefined);
  });
});

describe('listExisting', () => {
  const app: ComponentRef = { type: 'ExternalClientApplication', fullName: 'Erp_App' };
  const permissionSet: ComponentRef = { type: 'PermissionSet', fullName: 'Erp_Access' };

  it('asks by name for what a list leaves out', async () => {
    const org = new MetadataOrg();
    org.listed = { type: 'PermissionSet', fullName: 'Erp_Access' };
    org.readable = { 'externalclientapplication:erp_app': { fullName: 'Erp_App' } };
    expect(await listExisting(org.connection(), [app, permissionSet])).to.deep.equal([app, permissionSet]);
    expect(org.calls).to.deep.equal([
      'list ExternalClientApplication PermissionSet',
      'read ExternalClientApplication 1',
    ]);
  });

  it('takes no notice of case, and gives back what was asked for', async () => {
    const org = new MetadataOrg();
    org.listed = [{ type: 'PermissionSet', fullName: 'ERP_ACCESS' }];
    org.readable = { 'externalclientapplication:erp_app': { fullName: 'ERP_app' } };
    expect(await listExisting(org.connection(), [app, permissionSet])).to.deep.equal([app, permissionSet]);
  });

  it('retrieves a certificate and Apex that a list leaves out, which a read does not give', async () => {
    const org = new MetadataOrg();
    const certificate = { type: 'Certificate', fullName: 'erp_jwt' };
    org.retrieves = [finished({}, { fileProperties: [certificate, { type: 'Package', fullName: 'package.xml' }] })];
    const asked = [certificate, { type: 'ApexClass', fullName: 'ErpTokenProvider' }];
    expect(await listExisting(org.connection(), asked, org.pause)).to.deep.equal([certificate]);
    expect(org.calls).to.deep.equal(['list Certificate ApexClass', 'retrieve']);
  });

  it('reads ten names at a time', async () => {
    const org = new MetadataOrg();
    const many = Array.from({ length: 23 }, (_, index) => ({ type: 'PermissionSet', fullName: `P${index}` }));
    expect(await listExisting(org.connection(), many)).to.deep.equal([]);
    expect(org.calls).to.deep.equal([
      'list PermissionSet',
      'read PermissionSet 10',
      'read PermissionSet 10',
      'read PermissionSet 3',
    ]);
  });

  it('is not put off by a name that is no percent-encoding', async () => {
    const org = new MetadataOrg();
    org.listed = [
      { type: 'PermissionSet', fullName: '100%' },
      { type: 'PermissionSet', fullName: 'Erp%5FAccess' },
    ];
    expect(await listExisting(org.connection(), [permissionSet])).to.deep.equal([permissionSet]);
  });
});

describe('readConsumerKey', () => {
  const app: ComponentRef = { type: 'ExtlClntAppGlobalOauthSettings', fullName: 'Erp_App' };

  it('retrieves the app where a read gives out no key', async () => {
    const org = new MetadataOrg();
    org.readable = { 'extlclntappglobaloauthsettings:erp_app': { fullName: 'Erp_App' } };
    org.retrieves = [finished({ 'x/Erp_App.ecaGlblOauth': '<a><consumerKey>3MVG9.key_1</consumerKey></a>' })];
    expect(await readConsumerKey(org.connection(), app, org.pause)).to.equal('3MVG9.key_1');
  });

  it('retrieves nothing where a read does', async () => {
    const org = new MetadataOrg();
    org.readable = { 'connectedapp:erp_app': { fullName: 'Erp_App', oauthConfig: { consumerKey: '3MVG9.key_2' } } };
    const connected = { type: 'ConnectedApp', fullName: 'Erp_App' };
    expect(await readConsumerKey(org.connection(), connected, org.pause)).to.equal('3MVG9.key_2');
    expect(org.calls).to.deep.equal(['read ConnectedApp 1']);
  });

  it('knows none where neither does', async () => {
    const org = new MetadataOrg();
    org.retrieves = [finished({})];
    expect(await readConsumerKey(org.connection(), app, org.pause)).to.equal(undefined);
  });
});
