import { parseArgs } from 'node:util';
import type { Effect, Scenario } from './scenario.js';
import type { OrgUnderTest } from './org-under-test.js';

/** A wrong use: the script exits with 2. */
export class UsageError extends Error {}

export type Options = {
  /** Alias or username of the CLI; undefined compares two local orgs. */
  readonly targetOrg: string | undefined;
  readonly apiVersion: string;
  /** Names of scenarios, or beginnings of names with a star behind; none is all. */
  readonly filters: readonly string[];
  readonly allowsChanges: boolean;
  readonly allowsProduction: boolean;
  readonly json: boolean;
  readonly list: boolean;
};

/** @throws UsageError for flags that there are not */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'target-org': { type: 'string' },
        'api-version': { type: 'string', default: '67.0' },
        scenario: { type: 'string', multiple: true, default: [] },
        'allow-changes': { type: 'boolean', default: false },
        'allow-production': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
      },
    });
    return {
      targetOrg: values['target-org'],
      apiVersion: values['api-version'],
      filters: values.scenario,
      allowsChanges: values['allow-changes'],
      allowsProduction: values['allow-production'],
      json: values.json,
      list: values.list,
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError for a filter that fits none */
export function pickScenarios(all: readonly Scenario[], filters: readonly string[]): readonly Scenario[] {
  const fits = ({ name }: Scenario, filter: string): boolean =>
    filter.endsWith('*') ? name.startsWith(filter.slice(0, -1)) : name === filter;
  const idle = filters.filter((filter) => !all.some((scenario) => fits(scenario, filter)));
  if (idle.length > 0) throw new UsageError(`There is no scenario ${idle.join(', ')}. See --list.`);
  return filters.length === 0 ? all : all.filter((scenario) => filters.some((filter) => fits(scenario, filter)));
}

const everything: readonly Effect[] = ['reads', 'validates', 'changes'];

/**
 * What may be done to an org: a local one is there for it; reading is always allowed; all else where the caller says so.
 *
 * @throws UsageError where the caller says so of a production org, and does not say that it is meant
 */
export function allowedEffects(org: OrgUnderTest, options: Options): readonly Effect[] {
  if (org.isLocal) return everything;
  if (!options.allowsChanges) return ['reads'];
  if (org.isForTrying || options.allowsProduction) return everything;
  const others = 'Take a sandbox, a scratch org or a Developer Edition';
  throw new UsageError(`${org.label} is a production org. ${others}; or say --allow-production as well.`);
}
