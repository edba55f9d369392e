import { expect } from 'chai';
import { temporaryProject } from './home.js';
import { startClientOrg, type ClientOrg } from './client-org.js';
import { sfCli, type SfCli, type SfJson } from './sf-cli.js';

/** A local org in this process, and the real CLI, which knows it by nothing but its protocols. */
export type SfOrg = {
  readonly org: ClientOrg;
  readonly sf: SfCli;
  readonly project: string;
  logIn(): Promise<SfJson>;
  /** Runs a command against the org; gives its result, and fails the test when the command fails. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<SfJson['result']>;
  /** Runs a command that must fail; gives the error. */
  refused(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<SfJson>;
  close(): Promise<void>;
};

/** What the CLI calls the org after the login. */
export const orgAlias = 'crm';

export async function startSfOrg(name: string): Promise<SfOrg> {
  const sf = await sfCli();
  const org = await startClientOrg(name);
  const project = temporaryProject();
  const json = (args: readonly string[], env?: NodeJS.ProcessEnv) =>
    sf.json(args, { cwd: project, env: { SF_TARGET_ORG: orgAlias, ...env } });
  return {
    org,
    sf,
    project,
    logIn: () => sf.json(['org', 'login', 'jwt', ...jwtFlags(org), '--alias', orgAlias]),
    async run(args, env) {
      const answer = await json(args, env);
      expect(answer.status, `sf ${args.join(' ')}: ${answer.message}`).to.equal(0);
      return answer.result;
    },
    async refused(args, env) {
      const answer = await json(args, env);
      expect(answer.status, `sf ${args.join(' ')}`).to.equal(1);
      return answer;
    },
    async close() {
      await org.close();
      expect(org.faults).to.deep.equal([]);
    },
  };
}

function jwtFlags({ username, keyFile, consumerKey, instanceUrl }: ClientOrg): readonly string[] {
  const app = ['--client-id', consumerKey, '--jwt-key-file', keyFile];
  return ['--username', username, ...app, '--instance-url', instanceUrl];
}
