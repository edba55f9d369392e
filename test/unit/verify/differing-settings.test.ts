import { expect } from 'chai';
import { clientArtifacts } from '../../../src/artifacts/client-artifacts.js';
import { grantOf, type Grant } from '../../../src/artifacts/grant.js';
import type { Connection } from '../../../src/config/connection.js';
import { JwtError } from '../../../src/errors.js';
import type { OrgSource } from '../../../src/org/gateway.js';
import { apexConnection } from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { detailOf } from './answering-org.js';
import { pemOf } from './material.js';
import { server, VerifiedProject } from './verified-project.js';

const source = { source: 'platform', name: 'erp_jwt' } as const;
const withRecord = apexConnection({ certificate: source });
const inline = apexConnection({ client: { type: 'apex', org: 'crm-prod', settings: 'inline' }, certificate: source });

const told = (report: object): string => `sf-jwt-verification:${JSON.stringify(report)}`;
const notAdmitted = told({
  error: 'invalid_app_access',
  description: 'user is not admin approved to access this app',
});
const reached = { status: 200, username: 'integration@acme.com', orgId: server.orgId };

/** What an org gives out of the client side of a connection, changed as somebody changed it there. */
function sourcesOf(connection: Connection, change: (content: string) => string): readonly OrgSource[] {
  const artifacts = clientArtifacts(connection, grantOf(connection.server, server) as Grant);
  return artifacts.map(({ path, content }) => ({
    path: path.replace('.md-meta.xml', '.md'),
    content: change(content),
  }));
}

describe('settings in the client org that are not those of the connection', () => {
  let project: VerifiedProject;

  beforeEach(async () => {
    project = await VerifiedProject.create();
    project.writeApp();
  });

  /** Verifies with a real org whose Apex ends with a text, and that gives out these files. */
  const verify = (connection: Connection, problem: string, sources: () => readonly OrgSource[]) => {
    const certificatePem = pemOf(project.material.certificate);
    const org = Object.assign(new FakeOrg({ orgId: '00DCLIENT', certificatePem }), {
      executeAnonymous: () => Promise.resolve({ compiled: true, success: false, problem }),
      sources: () => Promise.resolve().then(sources),
    });
    org.components.set('Certificate:erp_jwt', '');
    return project.verify(connection, { org });
  };
  const verifyChanged = (connection: Connection, problem: string, change: (content: string) => string) =>
    verify(connection, problem, () => sourcesOf(connection, change));
  const otherUser = (content: string): string => content.replaceAll('integration@acme.com', 'other@acme.com');

  it('are named before any other cause where the client org gets no token', async () => {
    const { checks } = await verifyChanged(withRecord, notAdmitted, otherUser);
    const issued = checks.find(({ name }) => name === 'token-issued');

    expect(issued?.detail).to.equal(
      'No token. The server said invalid_app_access, "user is not admin approved to access this app": the record ErpSettings.Default says something else than the connection in Username__c; if that is meant, the app is for users whom an admin approved, and this user has none of its permission sets or profiles.',
    );
    expect(issued?.actions?.[0]).to.equal(
      'Correct Username__c in the record ErpSettings.Default (Setup > Custom Metadata Types > Manage Records), or put back what the connection says: sf jwt deploy --connection erp --side client',
    );
    expect(issued?.actions?.[1]).to.match(/^Assign the permission set/);
  });

  it('are named by their constants where they stand in the class', async () => {
    const { checks } = await verifyChanged(inline, notAdmitted, (content) =>
      otherUser(content).replace('= 120', '= 90'),
    );

    expect(detailOf(checks, 'token-issued')).to.include(
      ': the class ErpTokenProvider says something else than the connection in USERNAME, VALIDITY_SECONDS; if that is meant, ',
    );
  });

  it('are named where the token acts for another user, or the call with it is refused', async () => {
    const user = await verifyChanged(withRecord, told({ ...reached, username: 'other@acme.com' }), otherUser);
    const call = await verifyChanged(withRecord, told({ status: 404 }), (content) =>
      content.replace(/(Base_Url__c<\/field>\s*<value[^>]*>)[^<]*/, '$1https://other.example.com'),
    );

    expect(detailOf(user.checks, 'user-and-org')).to.equal(
      'The token acts for other@acme.com, not for integration@acme.com. The record ErpSettings.Default says something else than the connection in Username__c.',
    );
    expect(detailOf(call.checks, 'token-works')).to.match(
      /\(HTTP 404\)\. The record ErpSettings\.Default says something else than the connection in Base_Url__c\.$/,
    );
    expect(call.checks.find(({ name }) => name === 'token-works')?.actions?.[0]).to.match(/^Correct Base_Url__c in /);
  });

  it('are no matter where the flow works: a sandbox may have others on purpose', async () => {
    const { checks, verified } = await verify(withRecord, told(reached), () => {
      throw new Error('nobody asked for them');
    });

    expect(verified).to.equal(true);
    expect(JSON.stringify(checks)).not.to.include('something else');
  });

  for (const [what, connection] of [
    ['record', withRecord],
    ['class', inline],
  ] as const) {
    it(`are not claimed where the ${what} says what the connection does`, async () => {
      const { checks } = await verifyChanged(connection, notAdmitted, (content) => content);

      expect(detailOf(checks, 'token-issued')).to.match(/": the app is for users whom an admin approved, /);
    });

    it(`are not claimed where the ${what} is not there, cannot be read, or is not given out`, async () => {
      const refusal = new JwtError('orgRequestFailed', ['admin@crm', 'INSUFFICIENT_ACCESS: no']);
      const refuse = (): readonly OrgSource[] => {
        throw refusal;
      };
      const cutOff = () => sourcesOf(connection, (content) => content.replaceAll(/[<='][^]*/g, ''));
      for (const sources of [() => [], refuse, cutOff]) {
        const { checks } = await verify(connection, notAdmitted, sources);
        expect(detailOf(checks, 'token-issued')).not.to.include('something else');
      }
    });
  }
});
