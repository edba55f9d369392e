import type { Connection } from '../../../src/config/connection.js';
import { runApexTests, type ApexOrg, type ApexRun } from '../../helpers/apex-run.js';
import { apexVariants, classesOf, recordsOf } from './apex-fixture.js';

export const orgs: Readonly<Record<string, (connection: Connection) => ApexOrg>> = {
  'all that was deployed': (connection) => ({
    certificate: 'erp_jwt',
    partitions: ['local.Tokens'],
    records: recordsOf(connection),
  }),
  'neither certificate nor partition nor record': () => ({ partitions: [], records: [] }),
};

type Classes = ReadonlyMap<string, string>;

export const connectionOf = (variant: number): Connection => {
  const connection = apexVariants[variant]?.connection;
  if (!connection) throw new TypeError(`no variant ${variant}`);
  return connection;
};

export const sourcesOf = (variant: number): Classes =>
  new Map([...classesOf(connectionOf(variant))].map(([suffix, { content }]) => [suffix, content]));

/** The class under test, its tests, and the classes that it may call. */
export function runTestsOf(suffix: string, classes: Classes, org: ApexOrg): ApexRun {
  const others = [...classes].filter(([name]) => !name.endsWith('Test') && name !== suffix).map(([, source]) => source);
  return runApexTests([classes.get(suffix) ?? '', classes.get(`${suffix}Test`) ?? '', ...others], org);
}

const variant = (text: string): number => apexVariants.findIndex(({ name }) => name === text);

/** The variants that single tests are about. */
export const variants = {
  toOrg: variant('apex to an org, settings custom-metadata'),
  toServer: variant('apex to another server with scope and claims, settings custom-metadata, cached'),
  inline: variant('apex to another server with scope and claims, settings inline'),
  inlineToOrg: variant('apex to an org, settings inline'),
  inlineCached: variant('apex to another server with scope and claims, settings inline, cached'),
  credential: variant('named-credential to an org'),
  cached: variant('apex to an org, settings custom-metadata, cached'),
} as const;
