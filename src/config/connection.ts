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

/** The org that is called. It holds the app with the certificate. */
export type Server = {
  /** Alias or username under which the CLI knows the org. */
  readonly org: string;
  /** The integration user: the `sub` of the assertion. */
  readonly username: string;
  readonly app: App;
};

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

export const clientTypes = ['external', 'apex'] as const;
export type ClientType = (typeof clientTypes)[number];

/** Who signs: a caller outside Salesforce, or the Apex of a client org. */
export type Client = ExternalClient | ApexClient;

export type ExternalClient = { readonly type: 'external' };

export type ApexClient = {
  readonly type: 'apex';
  /** Alias or username of the client org. */
  readonly org: string;
  /** Name of the token provider class; its test class is this name with `Test` behind it. */
  readonly className: string;
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
