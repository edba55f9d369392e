import { X509Certificate } from 'node:crypto';
import { Messages } from '@salesforce/core';
import { connectionFiles } from '../apply/connection-files.js';
import type { KeyStoreImport, StorePassword } from '../apply/context.js';
import { privateFolder } from '../private-folder.js';
import { apexNotExecuted } from '../local-org/apex/not-executed.js';
import { isChange } from '../plan/step.js';
import { noteVerification, provision, serverRecord, type Provisioned, type SetupInput } from '../setup.js';
import { verifyConnection } from '../verification.js';
import type { Verification } from '../verify/verification-result.js';
import { verifyDeps } from './verify-deps.js';
import { planLines, planSummary, toPlanRow } from './plan-report.js';
import type { SetupResult } from './setup-result.js';
import { SetupStages } from './setup-stages.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.setup');

export type RunSetupOptions = {
  readonly waitSeconds: number;
  readonly storePassword: StorePassword;
  readonly keyStoreImport: KeyStoreImport;
  readonly jsonEnabled: boolean;
  readonly log: (lines: readonly string[]) => void;
  readonly warn: (message: string) => void;
  /** For what a reader should know and nobody has to fix. */
  readonly note: (message: string) => void;
};

/** Provisions and verifies, and shows each step while it is under way. */
export async function runSetup(input: SetupInput, options: RunSetupOptions): Promise<SetupResult> {
  const progress: { stages?: SetupStages } = {};
  const remarks = new Set<string>();
  try {
    const provisioned = await provision(input, {
      now: () => new Date(),
      storePassword: options.storePassword,
      keyStoreImport: options.keyStoreImport,
      onPlan: (plan) => options.log([...planLines(plan, input.connection), '', planSummary(plan), '']),
      onBegin: (plan) => {
        const byHand = options.keyStoreImport.kind === 'by-hand' ? 'import-key-store' : undefined;
        progress.stages = new SetupStages(input.connection.name, plan, options.jsonEnabled, byHand);
      },
      onProgress: (event) => {
        if (event.kind === 'deploy-warning') remarks.add(event.message);
        else progress.stages?.onProgress(event);
      },
    });
    progress.stages?.startVerification();
    const { connection, projectRoot, orgs } = input;
    const server = serverRecord(input, provisioned.facts);
    const verdict = await verifyConnection(
      { connection, projectRoot, server, clientOrg: orgs.client, deadlineSeconds: options.waitSeconds },
      verifyDeps,
      (event) => {
        if (event.kind === 'waiting') progress.stages?.showWaiting(event.detail);
      },
    );
    await noteVerification(privateFolder(projectRoot, connection.name), {
      at: verifyDeps.now(),
      verified: verdict.verified,
      server,
    });
    progress.stages?.stop(verdict.verified);
    return await toResult(input, provisioned, verdict);
  } catch (error) {
    progress.stages?.fail();
    throw error;
  } finally {
    tellRemarks(remarks, options);
  }
}

/** What orgs said of deploys that they took, once the stages leave the screen, and however the run ended. */
function tellRemarks(remarks: ReadonlySet<string>, { warn, note }: RunSetupOptions): void {
  for (const remark of remarks) {
    if (remark === apexNotExecuted) note(messages.getMessage('testsNotExecuted', [remark]));
    else warn(remark);
  }
}

async function toResult(
  { connection, projectRoot, orgs }: SetupInput,
  { plan, facts }: Provisioned,
  { checks, verified }: Verification,
): Promise<SetupResult> {
  const certificate = new X509Certificate(facts.certificatePem ?? '');
  return {
    connection: connection.name,
    username: connection.server.username,
    ...(orgs.server ? { instanceUrl: orgs.server.identity.instanceUrl } : {}),
    plan: plan.steps.map(toPlanRow),
    changed: plan.steps.filter(isChange).map(toPlanRow),
    files: [...(await connectionFiles(projectRoot, connection.name))],
    ...(facts.consumerKey === undefined ? {} : { consumerKey: facts.consumerKey }),
    certificate: {
      fingerprint256: certificate.fingerprint256,
      notAfter: certificate.validToDate.toISOString(),
    },
    checks: [...checks],
    verified,
  };
}
