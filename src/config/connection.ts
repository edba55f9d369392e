/** One named integration: one client, one server, one user, one certificate. Everything resolved, defaults filled in. */
export type Connection = {
  /** Names the folders `jwt/<name>` and `.sf/jwt/<name>`: a letter, then letters, digits, `-` or `_`. */
  readonly name: string;
  /** Metadata API version of every artifact, like `67.0`. */
  readonly apiVersion: string;
  readonly server: Server;
  readonly client: Client;
  readonly certificate: CertificateSettings;
};

export const serverTypes = ['salesforce', 'oauth2'] as const;
export type ServerType = (typeof serverTypes)[number];

/** Who is called with the token. */
export type Server = SalesforceServer | OAuthServer;

/** An org that is called. It holds the app with the certificate. */
export type SalesforceServer = {
  readonly type: 'salesforce';
  /** Alias or username under which the CLI knows the org. */
  readonly org: string;
  /** The integration user: the `sub` of the assertion. */
  readonly username: string;
  readonly app: App;
};

/** Any other server that exchanges assertions for tokens (RFC 7523 section 2.1). Nothing is provisioned there. */
export type OAuthServer = {
  readonly type: 'oauth2';
  /** The `sub` of the assertion: a user or a service account. */
  readonly username: string;
  /** The `iss` of the assertion: the client as the server knows it. */
  readonly issuer: string;
  /** The `aud` of the assertion; many servers want their token endpoint. */
  readonly audience: string;
  readonly tokenEndpoint: string;
  /** Where the API is that is called with the token. */
  readonly baseUrl: string;
  /** The `scope` parameter of the token request (RFC 7521 section 4.1). */
  readonly scope?: string;
  /** Claims of the assertion besides the registered ones (RFC 7519 section 4.1). */
  readonly claims?: Claims;
};

export type Claims = Readonly<Record<string, string | number | boolean>>;

/** A connection between two orgs, or of a caller outside Salesforce to an org. */
export type SalesforceConnection = Connection & { readonly server: SalesforceServer };

export const isToSalesforce = (connection: Connection): connection is SalesforceConnection =>
  connection.server.type === 'salesforce';

export const appTypes = ['external-client-app', 'connected-app'] as const;
export type AppType = (typeof appTypes)[number];

export type App = {
  readonly type: AppType;
  /** Developer name, like `Erp_Integration`. */
  readonly name: string;
  readonly label: string;
  readonly contactEmail: string;
  /** Scopes by their metadata names: `Api`, `Web`, `RefreshToken`, … */
  readonly scopes: readonly string[];
  /** Developer name of the permission set that pre-authorises the integration user. */
  readonly permissionSet: string;
};

export const clientTypes = ['external', 'apex', 'named-credential', 'legacy-named-credential'] as const;
export type ClientType = (typeof clientTypes)[number];

/** Who signs: a caller outside Salesforce, or a client org. */
export type Client = ExternalClient | OrgClient;

export type ExternalClient = { readonly type: 'external' };

export type OrgClient = ApexClient | NamedCredentialClient | LegacyNamedCredentialClient;

/** What every client org gets: Apex that calls the server. */
type GeneratedApex = {
  /** Alias or username of the client org. */
  readonly org: string;
  /** What the names of all generated classes start with, like `Erp` of `ErpClient`. */
  readonly classPrefix: string;
  /** Whether there is an `@InvocableMethod` for Flow. */
  readonly invocable: boolean;
  /** Whether there is an example of a Queueable. */
  readonly queueable: boolean;
};

/** Apex signs and asks for the token. */
export type ApexClient = GeneratedApex & {
  readonly type: 'apex';
  /** Where endpoint, issuer and so on stand: in a record of a Custom Metadata Type, or in the class itself. */
  readonly settings: ApexSettings;
  /** Platform Cache partition that keeps the token, like `local.Tokens`; without one it lives as long as a transaction. */
  readonly cachePartition?: string;
};

export const apexSettings = ['custom-metadata', 'inline'] as const;
export type ApexSettings = (typeof apexSettings)[number];

/** A Named Credential with an External Credential: the platform signs and asks for the token. */
export type NamedCredentialClient = GeneratedApex & {
  readonly type: 'named-credential';
  /** Developer name of the Named Credential, and of its External Credential. */
  readonly namedCredential: string;
  /** Name of the principal, to which the permission set grants access. */
  readonly principal: string;
  /** Developer name of the permission set of the client org that lets users make callouts. */
  readonly permissionSet: string;
  /** User of the client org who gets that permission set; whom the CLI is logged in as where there is none. */
  readonly username?: string;
};

/** A legacy Named Credential, with the protocol JWT Token Exchange. */
export type LegacyNamedCredentialClient = GeneratedApex & {
  readonly type: 'legacy-named-credential';
  /** Developer name of the Named Credential. */
  readonly namedCredential: string;
};

export const certificateSources = ['generate', 'platform', 'existing'] as const;
export type CertificateSource = (typeof certificateSources)[number];

export const keySizes = [2048, 3072, 4096] as const;
export type KeySize = (typeof keySizes)[number];

/** Attributes of an X.509 distinguished name, by their short names (RFC 4514 section 3), in the order given. */
export type Subject = Readonly<Partial<Record<'CN' | 'OU' | 'O' | 'L' | 'ST' | 'C', string>>>;

export type CertificateSettings = {
  readonly source: CertificateSource;
  /** Developer name of the certificate in an org, and base name of the key files: lower case, as a JKS alias is. */
  readonly name: string;
  readonly keySize: KeySize;
  readonly validDays: number;
  readonly subject: Subject;
  /** For the source `existing`: where the key and certificate are. A store holds both. */
  readonly files?: { readonly key?: string; readonly certificate?: string; readonly store?: string };
};
