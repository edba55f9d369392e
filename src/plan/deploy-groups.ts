import type { Artifact, ArtifactOutline, ComponentRef, Side } from '../artifacts/artifact.js';
import {
  certificateArtifacts,
  clientArtifacts,
  clientOutline,
  grantOf,
  permissionSetArtifacts,
  serverArtifacts,
  serverOutline,
} from '../artifacts/build.js';
import { componentsIn } from '../artifacts/catalog.js';
import { isToSalesforce, type Connection } from '../config/connection.js';
import type { StepKind } from './step.js';
import { sourceRoot } from './wanted-files.js';

/** What the steps of a run find out one after another. */
export type KnownFacts = {
  /** PEM of the certificate that goes into the app. */
  readonly certificatePem?: string | undefined;
  readonly consumerKey?: string | undefined;
  /** Origin of the server org's My Domain; a server that is no org has none. */
  readonly instanceUrl?: string | undefined;
};

export type DeployStepKind = Extract<StepKind, `deploy-${string}`>;

export type DeployGroup = {
  readonly kind: DeployStepKind;
  readonly side: Side;
  /** `replace`: redeployed when its content changes. `keep`: used as it is once the org has it. */
  readonly whenThere: 'replace' | 'keep';
  /** Folder of the group's files in source format; a group without one has all other folders of its side. */
  readonly folder?: string;
  /** What the group consists of; empty where a connection needs none of it. */
  readonly outline: (connection: Connection) => readonly ArtifactOutline[];
  /** The artifacts, or undefined as long as a fact that they need is not known. */
  readonly build: (connection: Connection, facts: KnownFacts) => readonly Artifact[] | undefined;
};

/**
 * What is deployed together, in order. The permission set comes before the app whose policy demands it, so that the
 * integration user is never locked out.
 */
export const deployGroups: readonly DeployGroup[] = [
  {
    kind: 'deploy-certificate',
    side: 'client',
    // Deploying a Certificate anew could make the org change the key under the app.
    whenThere: 'keep',
    folder: 'certs',
    outline: certificateArtifacts,
    build: certificateArtifacts,
  },
  {
    kind: 'deploy-permission-set',
    side: 'server',
    // A permission set that is there may hold what its owner put in; a deploy would take that away.
    whenThere: 'keep',
    folder: 'permissionsets',
    outline: (connection) => (isToSalesforce(connection) ? permissionSetArtifacts(connection) : []),
    build: (connection) => (isToSalesforce(connection) ? permissionSetArtifacts(connection) : []),
  },
  {
    kind: 'deploy-app',
    side: 'server',
    whenThere: 'replace',
    outline: (connection) => (isToSalesforce(connection) ? serverOutline(connection).filter(isOfApp) : []),
    build: appArtifacts,
  },
  {
    kind: 'deploy-client',
    side: 'client',
    whenThere: 'replace',
    outline: clientOutline,
    build: callingArtifacts,
  },
];

/** What a group consists of, by type and name. */
export const componentsOfGroup = (group: DeployGroup, connection: Connection): readonly ComponentRef[] =>
  componentsIn(group.outline(connection));

/** Paths of a group's files, relative to the project. */
export const pathsOfGroup = (group: DeployGroup, connection: Connection): readonly string[] =>
  group.outline(connection).map(({ path, side }) => `${sourceRoot(connection.name, side)}/${path}`);

/** Every component of one side: what to look for in an org. */
export const componentsOf = (connection: Connection, side: Side): readonly ComponentRef[] =>
  componentsIn(outlineOfSide(connection, side));

/** Every file of one side. */
export const outlineOfSide = (connection: Connection, side: Side): readonly ArtifactOutline[] =>
  deployGroups.filter((group) => group.side === side).flatMap((group) => group.outline(connection));

/** A component by one text, as the CLI takes it after `--metadata`. */
export const componentName = ({ type, fullName }: ComponentRef): string => `${type}:${fullName}`;

/** The same for comparisons: Salesforce ignores case in developer names and class names. */
export const componentKey = (component: ComponentRef): string => componentName(component).toLowerCase();

/** Whether a file, by its path below the source folder of the group's side, belongs to a group. */
export function ownsFile({ side, folder }: DeployGroup, pathInSource: string): boolean {
  const owner = deployGroups.find((group) => group.side === side && pathInSource.startsWith(`${group.folder}/`));
  return owner?.folder === folder;
}

function appArtifacts(connection: Connection, { certificatePem }: KnownFacts): readonly Artifact[] | undefined {
  if (!isToSalesforce(connection)) return [];
  return certificatePem === undefined ? undefined : serverArtifacts(connection, { certificatePem }).filter(isOfApp);
}

function callingArtifacts(connection: Connection, facts: KnownFacts): readonly Artifact[] | undefined {
  const grant = grantOf(connection.server, facts);
  return grant && clientArtifacts(connection, grant);
}

const isOfApp = ({ component }: ArtifactOutline): boolean => component.type !== 'PermissionSet';
