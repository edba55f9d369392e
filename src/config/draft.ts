import type {
  ApexSettings,
  AppType,
  CertificateSource,
  Claims,
  ClientType,
  KeySize,
  ServerType,
  Subject,
} from './connection.js';

/** A connection as far as somebody has described it: the shape of an entry in `config/jwt-connections.json`. */
export type ConnectionDraft = {
  readonly apiVersion?: string;
  readonly server?: {
    readonly type?: ServerType;
    readonly org?: string;
    readonly username?: string;
    readonly app?: {
      readonly type?: AppType;
      readonly name?: string;
      readonly label?: string;
      readonly contactEmail?: string;
      readonly scopes?: readonly string[];
      readonly permissionSet?: string;
    };
    readonly issuer?: string;
    readonly audience?: string;
    readonly tokenEndpoint?: string;
    readonly baseUrl?: string;
    readonly scope?: string;
    readonly claims?: Claims;
  };
  readonly client?: {
    readonly type?: ClientType;
    readonly org?: string;
    readonly classPrefix?: string;
    readonly invocable?: boolean;
    readonly queueable?: boolean;
    readonly settings?: ApexSettings;
    readonly cachePartition?: string;
    readonly namedCredential?: string;
    readonly principal?: string;
    readonly permissionSet?: string;
    readonly username?: string;
  };
  readonly certificate?: {
    readonly source?: CertificateSource;
    readonly name?: string;
    readonly keySize?: KeySize;
    readonly validDays?: number;
    readonly subject?: Subject;
    readonly files?: { readonly key?: string; readonly certificate?: string; readonly store?: string };
  };
};

/** Lays `over` on `under`: what is set in `over` wins, field by field. A list or a subject is taken whole. */
export function mergeDrafts(under: ConnectionDraft, over: ConnectionDraft): ConnectionDraft {
  return {
    ...defined({ apiVersion: over.apiVersion ?? under.apiVersion }),
    server: {
      ...under.server,
      ...defined(over.server),
      app: { ...under.server?.app, ...defined(over.server?.app) },
    },
    client: { ...under.client, ...defined(over.client) },
    certificate: mergeCertificates(under.certificate, over.certificate),
  };
}

/** Where a key is to be made, the files that lie below do not count any more: they are those of another key. */
function mergeCertificates(under: CertificateDraft, over: CertificateDraft): CertificateDraft {
  const makesKey = over?.source !== undefined && over.source !== 'existing';
  return { ...defined(makesKey ? { ...under, files: undefined } : under), ...defined(over) };
}

type CertificateDraft = ConnectionDraft['certificate'];

/** The fields that are set. */
export function defined<T extends object>(value: T | undefined): Partial<T> {
  const entries = Object.entries(value ?? {}).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}
