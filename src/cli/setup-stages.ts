import { MultiStageOutput } from '@oclif/multi-stage-output';
import { isChange, type Plan, type StepKind } from '../plan/step.js';
import type { ApplyEvent } from '../apply/context.js';

const titles: Readonly<Record<StepKind, string>> = {
  'save-connection': 'Save the connection',
  'create-key': 'Create key and certificate',
  'adopt-key': 'Adopt your key and certificate',
  'deploy-certificate': 'Let the client org make its certificate',
  'deploy-permission-set': 'Deploy the permission set',
  'assign-permission-set': 'Assign the permission set',
  'deploy-app': 'Deploy the app',
  'deploy-client': 'Deploy the client side',
  'remove-files': 'Remove files of earlier names',
};

const verifyTitle = 'Verify the flow';

type StageData = { detail: string };

/** The progress of a setup, as `sf project deploy` shows its own. Silent under `--json`. */
export class SetupStages {
  readonly #output: MultiStageOutput<StageData>;

  public constructor(connectionName: string, plan: Plan, jsonEnabled: boolean) {
    this.#output = new MultiStageOutput<StageData>({
      title: `Set up ${connectionName}`,
      stages: [...plan.steps.filter(isChange).map(({ kind }) => titles[kind]), verifyTitle],
      postStagesBlock: [{ type: 'message', get: (data) => data?.detail }],
      jsonEnabled,
    });
  }

  public onProgress(event: ApplyEvent): void {
    if (event.kind === 'step-started') this.#output.goto(titles[event.step], { detail: '' });
    if (event.kind === 'deploy-progress') {
      this.#output.updateData({ detail: `${event.done} of ${event.total} components` });
    }
  }

  public startVerification(): void {
    this.#output.goto(verifyTitle, { detail: '' });
  }

  /** Shows what a verification waits for. */
  public showWaiting(detail: string): void {
    this.#output.updateData({ detail });
  }

  public stop(isVerified: boolean): void {
    this.#output.updateData({ detail: '' });
    this.#output.stop(isVerified ? 'completed' : 'failed');
  }

  public fail(): void {
    this.#output.error();
  }
}
