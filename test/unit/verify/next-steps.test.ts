import { expect } from 'chai';
import type { Connection } from '../../../src/config/connection.js';
import { errorCatalogues } from '../../../src/verify/error-catalogue.js';
import { inOrgFaults } from '../../../src/verify/in-org-fault-rows.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { pemOf, startOfTest } from './material.js';
import { connect, VerifiedProject } from './verified-project.js';

/** `https://MY_DOMAIN.my.salesforce.com` is for whoever reads it to know. */
const ours = /MY_(?!DOMAIN)/;

describe('next steps of a verification in a client org', () => {
  let project: VerifiedProject;

  beforeEach(async () => {
    project = await VerifiedProject.create();
    project.writeApp();
  });

  /** All next steps where the Apex of a real org ends with a text. */
  const stepsAfter = async (connection: Connection, problem: string, days = 0): Promise<readonly string[]> => {
    const org = Object.assign(
      new FakeOrg({ orgId: '00DCLIENT', certificatePem: pemOf(project.material.certificate) }),
      {
        executeAnonymous: () => Promise.resolve({ compiled: true, success: false, problem }),
      },
    );
    org.components.set('Certificate:erp_jwt', '');
    const world = { ...project.world(connection), now: () => new Date(startOfTest.getTime() + days * 86_400_000) };
    const { checks } = await project.verify(connection, { org, world });
    return checks.flatMap(({ actions = [] }) => actions);
  };
  const refusal = (error: string, description: string): string =>
    `sf-jwt-verification:${JSON.stringify({ error, description })}`;

  for (const type of ['apex', 'named-credential', 'legacy-named-credential'] as const) {
    for (const server of ['salesforce', 'oauth2'] as const) {
      it(`hold no word of ours that stands for a name: ${type}, ${server}`, async () => {
        const connection = connect(type, server === 'salesforce', 'platform');
        const said = [
          ...errorCatalogues[server].map(({ error = 'odd', description = '' }) => refusal(error, description)),
          ...inOrgFaults.map(({ text }) => text),
        ];
        for (const problem of said) {
          const steps = await stepsAfter(connection, problem);
          expect(steps, problem).not.to.be.empty;
          expect(
            steps.filter((step) => ours.test(step)),
            problem,
          ).to.deep.equal([]);
        }
      });
    }
  }

  for (const source of ['platform', 'generate'] as const) {
    it(`name no key file that is not there where a signature is refused: ${source}`, async () => {
      for (const [error, description] of [
        ['invalid_client', 'invalid client credentials'],
        ['invalid_grant', 'invalid assertion'],
      ] as const) {
        expect(await stepsAfter(connect('apex', true, source), refusal(error, description))).to.deep.equal([
          'Put the certificate that the client org signs with into the app: sf jwt setup --connection erp; where that finds nothing to do, sf jwt deploy --connection erp --side server.',
        ]);
      }
    });
  }

  it('do not make a key on this machine where the certificate of the client org has expired', async () => {
    const steps = await stepsAfter(connect('apex', true, 'platform'), refusal('odd', ''), 400);

    expect(steps[0]).to.equal(
      'Make a new pair under another name: change certificate.name of the connection in config/jwt-connections.json, then sf jwt setup --connection erp',
    );
  });
});
