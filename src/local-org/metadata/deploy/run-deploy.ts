import type { LocalOrg, OrgKeyPair } from '../../model.js';
import { withKeyPairs } from '../components/certificate.js';
import { deployOrder } from '../metadata-types.js';
import type { Collected } from '../package/collect-components.js';
import { readPackages, type Deletion, type PackageContents } from '../package/read-packages.js';
import { unzipPackage } from '../package/unzip-package.js';
import { namedTests, type DeployOptions } from './deploy-options.js';
import { judgeDeletions } from './judge-deletions.js';
import { judgeTests } from './judge-tests.js';
import { createMessages, type Messages } from './messages.js';
import type { ComponentMessage } from './problem.js';
import {
  componentKey,
  createJudge,
  removeComponent,
  saveComponent,
  type Judge,
  type Saved,
} from './save-components.js';

export type DeployStatus = 'Succeeded' | 'SucceededPartial' | 'Failed';

export type DeployRun = {
  readonly status: DeployStatus;
  readonly successes: readonly ComponentMessage[];
  readonly failures: readonly ComponentMessage[];
  /** Set where the zip as a whole cannot be read. */
  readonly errorMessage?: string;
};

/**
 * Deploys a zip. All of it is judged before anything changes, and all changes are made without a pause in between: nobody
 * sees half a deploy, and one that is rolled back never happened.
 */
export async function runDeploy(org: LocalOrg, zip: Uint8Array, options: DeployOptions): Promise<DeployRun> {
  const messages = createMessages(org);
  const unzipped = unzipPackage(zip);
  if (unzipped.kind === 'fault') {
    const failure = messages.failure({ type: '', fullName: 'package.xml', fileName: 'package.xml' }, unzipped.message);
    return { status: 'Failed', successes: [], failures: [failure], errorMessage: unzipped.message };
  }
  const contents = readPackages(unzipped.files, options);
  const readable = contents.components.flatMap(({ candidate }) => candidate ?? []);
  const removed = new Set(deletionsOf(contents, 'before').map(({ type, fullName }) => componentKey(type, fullName)));
  const isRemoved = (type: string, fullName: string): boolean => removed.has(componentKey(type, fullName));
  const finish = (keyPairs: ReadonlyMap<string, OrgKeyPair>): DeployRun => {
    const judge = createJudge(org, keyPairs, removed);
    const judged = judgeAll(contents, judge, messages);
    const { ignoreWarnings } = options;
    const deletions = judgeDeletions(org, contents.deletions, judge.context, { messages, ignoreWarnings });
    const failures = [
      ...judged.failures,
      ...deletions.failures,
      ...judgeTests(namedTests(options), judge.context, messages),
    ];
    return commit(org, { ...judged, failures }, { judge, messages, options, contents, refused: deletions.refused });
  };
  return options.checkOnly ? finish(new Map()) : withKeyPairs(org, readable, isRemoved, finish);
}

type Verdict = { readonly component: Collected; readonly saved: Saved };

type Judged = { readonly verdicts: readonly Verdict[]; readonly failures: readonly ComponentMessage[] };

function judgeAll(contents: PackageContents, { judge }: Judge, messages: Messages): Judged {
  const ordered = [...contents.components].sort((left, right) => deployOrder(left.type) - deployOrder(right.type));
  const verdicts = ordered.map((component): Verdict => {
    const { candidate, problems } = component;
    return { component, saved: candidate ? judge(candidate) : { kind: 'refused', problems } };
  });
  const failures = [
    ...contents.faults.map((fault) => messages.failure(fault, fault.problem, fault)),
    ...verdicts.flatMap(({ component, saved }) =>
      saved.kind === 'refused'
        ? saved.problems.map((problem) => messages.failure(nameOf(component), problem.problem, problem))
        : [],
    ),
  ];
  return { verdicts, failures };
}

type Commit = {
  readonly judge: Judge;
  readonly messages: Messages;
  readonly options: DeployOptions;
  readonly contents: PackageContents;
  readonly refused: ReadonlySet<Deletion>;
};

function commit(
  org: LocalOrg,
  { verdicts, failures }: Judged,
  { judge, messages, options, contents, refused }: Commit,
): DeployRun {
  const failed = failures.length > 0;
  const keep = !options.checkOnly && !(failed && options.rollbackOnError);
  const remove = (deletions: readonly Deletion[]): readonly ComponentMessage[] =>
    deletions
      .filter((deletion) => !refused.has(deletion))
      .map((deletion) => {
        const id = keep
          ? removeComponent(org, deletion.type, deletion.fullName)
          : org.components.get(deletion.type, deletion.fullName)?.id;
        return id === undefined ? messages.nothingToDelete(deletion) : messages.deleted(deletion, id);
      });
  const before = remove(deletionsOf(contents, 'before'));
  const saved = verdicts.flatMap(({ component, saved: verdict }) => {
    if (verdict.kind === 'refused') return [];
    const { type, fullName } = component;
    const id = keep ? saveComponent(verdict.candidate, judge.context) : org.components.get(type.name, fullName)?.id;
    return [messages.success(nameOf(component), verdict.kind, id)];
  });
  const after = remove(deletionsOf(contents, 'after'));
  const successes = [...before, ...saved, ...after];
  return {
    status: !failed ? 'Succeeded' : keep && successes.length > 0 ? 'SucceededPartial' : 'Failed',
    successes: [...contents.manifests.map((fileName) => messages.manifest(fileName)), ...successes],
    failures,
  };
}

function deletionsOf(contents: PackageContents, when: Deletion['when']): readonly Deletion[] {
  return contents.deletions.filter((deletion) => deletion.when === when);
}

function nameOf({ type, fullName, fileName }: Collected) {
  return { type: type.name, fullName, fileName };
}
