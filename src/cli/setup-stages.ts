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
  'enable-identity-provider': 'Enable the identity provider of the client org',
  'import-key-store': 'Import the keystore into the client org',
  'disable-identity-provider': 'Disable the identity provider again',
  'deploy-client': 'Deploy the client side',
  'assign-callout-permission-set': 'Assign the permission set for callouts',
  'remove-files': 'Remove files of earlier names',
};

const verifyTitle = 'Verify the flow';

type StageData = { detail: string };

/**
 * The progress of a setup, as `sf project deploy` shows its own. Silent under `--json`. A step that a person does stands
 * between two of them, since the screen is theirs until it is done.
 */
export class SetupStages {
  readonly #title: string;
  readonly #stages: readonly string[];
  readonly #byHand: string | undefined;
  readonly #jsonEnabled: boolean;
  #output: MultiStageOutput<StageData> | undefined;

  /** @param byHand the step that a person does */
  public constructor(connectionName: string, plan: Plan, jsonEnabled: boolean, byHand?: StepKind) {
    this.#title = `Set up ${connectionName}`;
    this.#stages = [...plan.steps.filter(isChange).map(({ kind }) => titles[kind]), verifyTitle];
    this.#byHand = byHand && titles[byHand];
    this.#jsonEnabled = jsonEnabled;
  }

  public onProgress(event: ApplyEvent): void {
    if (event.kind === 'step-started') this.#goto(titles[event.step]);
    if (event.kind === 'deploy-progress') {
      this.#output?.updateData({ detail: `${event.done} of ${event.total} components` });
    }
  }

  public startVerification(): void {
    this.#goto(verifyTitle);
  }

  /** Shows what a verification waits for. */
  public showWaiting(detail: string): void {
    this.#output?.updateData({ detail });
  }

  public stop(isVerified: boolean): void {
    this.#output?.updateData({ detail: '' });
    this.#output?.stop(isVerified ? 'completed' : 'failed');
  }

  public fail(): void {
    this.#output?.error();
  }

  #goto(stage: string): void {
    if (stage === this.#byHand) {
      this.#output?.stop('completed');
      this.#output = undefined;
      return;
    }
    this.#output ??= this.#open(stage);
    this.#output.goto(stage, { detail: '' });
  }

  #open(first: string): MultiStageOutput<StageData> {
    return new MultiStageOutput<StageData>({
      title: this.#title,
      stages: stagesBeside(this.#byHand, this.#stages, first),
      postStagesBlock: [{ type: 'message', get: (data) => data?.detail }],
      jsonEnabled: this.#jsonEnabled,
    });
  }
}

/** The stages that are shown together with one of them: those before, or those after, the stage of a person. */
export function stagesBeside(byHand: string | undefined, stages: readonly string[], stage: string): readonly string[] {
  const at = byHand === undefined ? -1 : stages.indexOf(byHand);
  if (at < 0) return stages;
  return stages.indexOf(stage) > at ? stages.slice(at + 1) : stages.slice(0, at);
}
