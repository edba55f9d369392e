/**
 * The state of one local org, as its parts share it. Protocol handlers (OAuth, REST, SOAP) read and change it through the
 * stores; nothing else is kept, so that `--state-dir` has only this to write. Each change marks the org as changed, and the
 * server writes a changed org to disk before it answers.
 */
export type LocalOrg = {
  /** 18 characters, starts with `00D`. */
  readonly id: string;
  readonly alias: string;
  /** Origin of this org, like `http://localhost:40123`; known once it listens. */
  readonly instanceUrl: string;
  readonly records: RecordStore;
  readonly components: ComponentStore;
  /** Key pairs of the Certificate components, by developer name in whatever case. They never leave through an API. */
  readonly keyPairs: Map<string, OrgKeyPair>;
  readonly sessions: Map<string, Session>;
  readonly settings: LocalOrgSettings;
  /** The other orgs of this process: consumer keys are unique across all of Salesforce. */
  readonly siblings: () => readonly LocalOrg[];
  /** Unix time in milliseconds; a virtual clock in tests. */
  readonly now: () => number;
  /** A new 18 character id with this key prefix, like `0Af` for a deploy. */
  readonly newId: (prefix: string) => string;
};

export type LocalOrgSettings = {
  /** Salesforce Help: new Connected Apps are refused since Spring '26 unless Support allows them. May be changed while the org runs. */
  allowConnectedAppCreation: boolean;
  /**
   * Salesforce Help says that an expired certificate is refused; Salesforce staff, quoted second hand, that it is not.
   * Assumption: Help is right. May be changed while the org runs.
   */
  refuseExpiredCertificates: boolean;
  /** How long a new app stays unknown to the token endpoint, by the org's clock. May be changed while the org runs. */
  propagationDelayMs: number;
  /** Tokens that a user may get within an hour (Salesforce Help, article 000381578); may be changed while the org runs. */
  loginsPerHour: number;
  /** How long a deploy waits before it runs, by the org's clock; may be changed while the org runs. */
  deployDelayMs: number;
  /** How many polls find a deploy waiting, whatever the clock says; may be changed while the org runs. */
  deployDelayPolls: number;
};

export type OrgKeyPair = { readonly privateKeyPem: string; readonly certificatePem: string };

/** What an access token stands for. Moments are Unix time in milliseconds. */
export type Session = {
  readonly userId: string;
  /** Its start, or its last use in the second half of its life. */
  readonly issuedAt: number;
  readonly scope: string;
  /** Its start, where that is not `issuedAt`. */
  readonly startedAt?: number;
  /** How long it lives without being used; two hours where it is not given. */
  readonly timeoutSeconds?: number;
  /** Consumer key of the app that it was issued to; browser and CLI sessions have none. */
  readonly clientId?: string;
  /** Of tokens that are JWTs: they end then, used or not. */
  readonly expiresAt?: number;
};

/** A row of an sObject. Field names as the API spells them; relationship fields are resolved by the query engine. */
export type SObjectRecord = { readonly Id: string } & Readonly<Record<string, unknown>>;

/**
 * Rows by object. Deploys mirror the components that setup reads as data: `PermissionSet` (Name, Label), `ApexClass` (Name),
 * `Certificate` (DeveloperName, MasterLabel, KeySize, ExpirationDate, CertificateChain, …), `ConnectedApplication` (Name) and
 * `ExternalClientApplication` (DeveloperName, MasterLabel). Rows that depend on a deleted row go with it.
 */
export interface RecordStore {
  all(objectName: string): readonly SObjectRecord[];
  get(objectName: string, id: string): SObjectRecord | undefined;
  /** Makes the Id (with the object's key prefix) and the audit fields. */
  insert(objectName: string, fields: Readonly<Record<string, unknown>>): SObjectRecord;
  update(objectName: string, id: string, fields: Readonly<Record<string, unknown>>): void;
  delete(objectName: string, id: string): void;
  /** Puts a row as it once was. */
  restore(objectName: string, row: SObjectRecord): void;
}

/** A deployed metadata component. */
export type StoredComponent = {
  readonly type: string;
  readonly fullName: string;
  /** 15 or 18 character id of the component. */
  readonly id: string;
  /**
   * Path inside a metadata API zip, like `permissionsets/X.permissionset`, to its bytes: as deployed, with what the org adds
   * (a consumer key). A retrieve leaves out what Salesforce never gives back, like the certificate of an app.
   */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
};

/** Full names are found whatever their case. */
export interface ComponentStore {
  all(type: string): readonly StoredComponent[];
  types(): readonly string[];
  get(type: string, fullName: string): StoredComponent | undefined;
  put(component: StoredComponent): void;
  delete(type: string, fullName: string): void;
}
