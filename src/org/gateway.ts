import type { ComponentRef } from '../artifacts/artifact.js';

/** What the plugin asks of an org. One adapter (`salesforce.ts`) speaks to real orgs and local orgs alike. */
export interface OrgGateway {
  readonly identity: OrgIdentity;
  /** The user whom the CLI is logged in as. */
  currentUser(): Promise<OrgUser>;
  findUser(username: string): Promise<OrgUser | undefined>;
  /** Which of these components the org has. */
  existing(components: readonly ComponentRef[]): Promise<readonly ComponentRef[]>;
  /** The files of these components as the org gives them out, to be compared with ours. */
  sources(components: readonly ComponentRef[]): Promise<readonly OrgSource[]>;
  /** The components that source files are of, by the absolute paths of the files. */
  componentsIn(paths: readonly string[]): Promise<readonly ComponentRef[]>;
  deploy(request: DeployRequest): Promise<DeployOutcome>;
  /** The consumer key of an app, or undefined where the org tells none. */
  readConsumerKey(app: ComponentRef): Promise<string | undefined>;
  /** PEM of a certificate in Certificate and Key Management, or undefined where it is not there. */
  retrieveCertificate(developerName: string): Promise<string | undefined>;
  /** The newest entry of that name in Certificate and Key Management. One that was deleted may still come back. */
  findCertificate(developerName: string): Promise<CertificateEntry | undefined>;
  hasCertificates(): Promise<boolean>;
  /** Whether the org has a Platform Cache partition of that name, `unavailable` where it has no Platform Cache at all. */
  findCachePartition(developerName: string): Promise<'present' | 'missing' | 'unavailable'>;
  hasPermissionSet(userId: string, permissionSet: string): Promise<boolean>;
  assignPermissionSet(userId: string, permissionSet: string): Promise<void>;
  executeAnonymous(apex: string): Promise<AnonymousApexOutcome>;
  /** Present where the org is a local one: it does not execute Apex, but can run the flow with its own certificate. */
  readonly localOrg?: LocalOrgGateway;
}

export interface LocalOrgGateway {
  runJwtBearer(request: JwtBearerRun): Promise<unknown>;
  /** Makes a callout through a Named Credential of the org, as the user whom the CLI is logged in as. */
  callNamedCredential(request: NamedCalloutRun): Promise<unknown>;
}

export type NamedCalloutRun = {
  readonly namedCredential: string;
  /** What stands behind `callout:Name`; begins with a slash. */
  readonly path: string;
};

/** The flow that a client org is to run with its own certificate. */
export type JwtBearerRun = {
  readonly certificate: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly tokenEndpoint: string;
  readonly validitySeconds: number;
  readonly scope?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** What to call with the token: userinfo where it is not given, nothing for null. */
  readonly resource?: string | null;
};

export type OrgIdentity = {
  /** 18 characters. */
  readonly orgId: string;
  readonly username: string;
  /** Origin of the org's My Domain. */
  readonly instanceUrl: string;
};

export type CertificateEntry = { readonly id: string };

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
  /** What waits for such a deploy from anywhere, as a command to which its id is added: for whoever loses sight of it. */
  readonly waitCommand?: string;
  /** How long to wait for the end, in minutes: 33 where nothing is said. */
  readonly waitMinutes?: number;
  /** Only start it: the outcome is then `started`, and says nothing about success. */
  readonly isAsync?: boolean;
  readonly onStarted?: (deployId: string) => void | Promise<void>;
  readonly onProgress?: (done: number, total: number) => void;
};

export type DeployOutcome = {
  readonly id: string;
  readonly success: boolean;
  readonly problems: readonly DeployProblem[];
  /** What an org says although it took the deploy, like tests that cover too little or did not run. */
  readonly warnings: readonly string[];
  /** How many Apex test methods ran. */
  readonly testsRun: number;
  /** Whether the org only checked, and kept nothing. */
  readonly isCheck?: boolean;
  /**
   * Why there is neither success nor a problem: it was only `started`, somebody `cancelled` it in the org, or the org
   * does not know the id (`forgotten`).
   */
  readonly unfinished?: 'started' | 'cancelled' | 'forgotten';
};

/** A file of a component, by its path in the zip of a retrieve, like `classes/ErpClient.cls`. */
export type OrgSource = { readonly path: string; readonly content: string };

export type DeployProblem = {
  /** Type and name, or undefined where the org speaks of the deploy as a whole. */
  readonly component?: ComponentRef;
  readonly message: string;
  /** What kind of problem it is, where that is more than a component which the org does not take. */
  readonly kind?: 'test' | 'coverage';
  /** As the org names it: its path in the zip. */
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
