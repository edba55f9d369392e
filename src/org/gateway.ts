import type { ComponentRef } from '../artifacts/artifact.js';

/** What the plugin asks of an org. One adapter (`salesforce.ts`) speaks to real orgs and local orgs alike. */
export interface OrgGateway {
  readonly identity: OrgIdentity;
  /** The user whom the CLI is logged in as. */
  currentUser(): Promise<OrgUser>;
  findUser(username: string): Promise<OrgUser | undefined>;
  /** Which of these components the org has. */
  existing(components: readonly ComponentRef[]): Promise<readonly ComponentRef[]>;
  deploy(request: DeployRequest): Promise<DeployOutcome>;
  /** The consumer key of an app, or undefined where the org tells none. */
  readConsumerKey(app: ComponentRef): Promise<string | undefined>;
  /** PEM of a certificate in Certificate and Key Management, or undefined where it is not there. */
  retrieveCertificate(developerName: string): Promise<string | undefined>;
  hasPermissionSet(userId: string, permissionSet: string): Promise<boolean>;
  assignPermissionSet(userId: string, permissionSet: string): Promise<void>;
  executeAnonymous(apex: string): Promise<AnonymousApexOutcome>;
  /** Present where the org is a local one: it does not execute Apex, but can run the flow with its own certificate. */
  readonly localOrg?: LocalOrgGateway;
}

export interface LocalOrgGateway {
  runJwtBearer(request: JwtBearerRun): Promise<unknown>;
}

/** The flow that a client org is to run with its own certificate. */
export type JwtBearerRun = {
  readonly certificate: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly tokenEndpoint: string;
  readonly validitySeconds: number;
};

export type OrgIdentity = {
  /** 18 characters. */
  readonly orgId: string;
  readonly username: string;
  /** Origin of the org's My Domain. */
  readonly instanceUrl: string;
};

export type OrgUser = {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly isActive: boolean;
};

export type DeployRequest = {
  /** Absolute paths of source files, or of the folder that holds them. */
  readonly paths: readonly string[];
  readonly apiVersion: string;
  readonly checkOnly?: boolean;
  /** Apex test classes to run; none means the org's default test level. */
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
};

export type DeployProblem = {
  /** Type and name, or undefined where the org speaks of the deploy as a whole. */
  readonly component?: ComponentRef;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
};

export type AnonymousApexOutcome = {
  readonly compiled: boolean;
  readonly success: boolean;
  /** Compile problem or exception message. */
  readonly problem?: string;
};
