import type { Artifact, ComponentRef } from '../artifacts/artifact.js';

/** What the plugin asks of an org. One adapter (`salesforce.ts`) speaks to real orgs and local orgs alike. */
export interface OrgGateway {
  readonly identity: OrgIdentity;
  findUser(username: string): Promise<OrgUser | undefined>;
  /** Which of these components the org has. */
  existing(components: readonly ComponentRef[]): Promise<readonly ComponentRef[]>;
  deploy(request: DeployRequest): Promise<DeployOutcome>;
  /** Text of the consumer key of an app, or undefined where the app is not there. */
  readConsumerKey(app: ComponentRef): Promise<string | undefined>;
  /** PEM of a certificate in Certificate and Key Management. */
  retrieveCertificate(developerName: string): Promise<string | undefined>;
  hasPermissionSet(userId: string, permissionSet: string): Promise<boolean>;
  assignPermissionSet(userId: string, permissionSet: string): Promise<void>;
  executeAnonymous(apex: string): Promise<AnonymousApexOutcome>;
}

export type OrgIdentity = {
  readonly orgId: string;
  readonly username: string;
  /** Origin of the org's My Domain. */
  readonly instanceUrl: string;
};

export type OrgUser = { readonly id: string; readonly username: string; readonly email: string; readonly isActive: boolean };

export type DeployRequest = {
  /** Absolute path of the source folder that holds the files. */
  readonly sourceRoot: string;
  readonly artifacts: readonly Artifact[];
  readonly apiVersion: string;
  readonly checkOnly?: boolean;
  readonly tests?: readonly string[];
  /** Id of a deploy that an earlier run started: wait for that one instead. */
  readonly resumeId?: string;
  readonly onStarted?: (deployId: string) => void | Promise<void>;
  readonly onProgress?: (done: number, total: number) => void;
};

export type DeployOutcome = {
  readonly id: string;
  readonly success: boolean;
  readonly problems: readonly DeployProblem[];
  readonly deployed: readonly ComponentRef[];
};

export type DeployProblem = {
  readonly component: ComponentRef;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
};

export type AnonymousApexOutcome = {
  readonly compiled: boolean;
  readonly success: boolean;
  readonly problem?: string;
  /** False where the org says that it does not execute Apex (a local org). */
  readonly executed: boolean;
};
