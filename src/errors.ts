/** What a command exits with: 0 done, 1 a check failed, 2 wrong use, 3 the org refused. */
export type ExitCode = 0 | 1 | 2 | 3;

/**
 * Every way in which this plugin fails, with the exit code that it ends in. The text and the next steps of each key
 * stand in `messages/errors.md` as `error.<key>` and `error.<key>.actions`.
 */
export const errorExitCodes = {
  notADxProject: 2,
  // The connection and its file
  configUnreadable: 2,
  configNotJson: 2,
  configInvalid: 2,
  configBusy: 2,
  connectionUnknown: 2,
  trialOfSavedConnection: 2,
  connectionIsTrial: 2,
  trialNamesOrgs: 2,
  fileSystemRefused: 2,
  keyFileInTheWay: 2,
  flagsMissing: 2,
  orgFactsMissing: 2,
  flagsUnfit: 2,
  clientTypeUnfit: 2,
  legacyCredentialClaims: 2,
  orgFlagsUnfit: 2,
  serverHasNoApp: 2,
  certificateSourceUnfit: 2,
  certificateFilesUnfit: 2,
  platformKeySize: 2,
  existingKeyNotNamed: 2,
  // The project and a run in it
  setupAlreadyRunning: 2,
  notOurs: 2,
  changedInOrg: 2,
  editedByHand: 2,
  severalInTheWay: 2,
  userWouldBeLockedOut: 2,
  keyDiffers: 2,
  keyIsElsewhere: 2,
  keyIsInClientOrg: 2,
  namedCredentialOfOtherKind: 2,
  certificateIsAnother: 2,
  keyStoreImportPending: 1,
  keyStorePasswordMissing: 1,
  nothingToDeploy: 2,
  noClientSide: 2,
  noServerSide: 2,
  sideOfJobNotSaid: 2,
  appCertificateMissing: 2,
  certificateWouldBeNew: 1,
  // Orgs
  orgUnknown: 2,
  orgRequestFailed: 3,
  loginEnded: 3,
  loginRateReached: 3,
  requestLimitReached: 3,
  orgUnavailable: 3,
  recordLocked: 3,
  userNotInOrg: 3,
  userInactive: 3,
  cachePartitionMissing: 3,
  permissionMissing: 3,
  deployTimedOut: 3,
  deployOutOfSight: 3,
  deployUnknown: 2,
  deployCancelled: 3,
  deployRefused: 3,
  apexNotCompiled: 3,
  apexVersionTooOld: 3,
  apexTestFailed: 3,
  coverageTooLow: 3,
  signingCertificateMissing: 3,
  principalMissing: 3,
  nameTaken: 3,
  notInEdition: 3,
  connectedAppsBlocked: 3,
  consumerKeyTaken: 3,
  foreignOauthLink: 3,
  appHasOtherPolicies: 3,
  certificateNotInOrg: 3,
  keyStoreRefused: 3,
  consumerKeyNotReadable: 3,
  localStateInUse: 2,
  localStateUnreadable: 2,
  localStateNotWritten: 2,
  localPortInUse: 2,
  localFaultsUnfit: 2,
  localAliasTaken: 2,
  localOrgRunning: 2,
  keyNameRefused: 2,
  subjectRefused: 2,
  keyFilesExist: 2,
  keyFilesNotWritten: 2,
  keyFileUnreadable: 2,
  keyFileNotRecognised: 2,
  keyFileDamaged: 2,
  keyFileUnsupported: 2,
  keyPasswordWrong: 2,
  keyPasswordNeeded: 2,
  keyEncryptionPasswordMissing: 2,
  storePasswordRefused: 2,
  passwordFileUnreadable: 2,
  storeKeyPasswordDiffers: 2,
  privateKeyMissing: 2,
  certificateMissing: 2,
  certificateFileNeeded: 2,
  severalPrivateKeys: 2,
  keyNotRsa: 2,
  keySizeRefused: 2,
  keyNotOfCertificate: 2,
  certificateExpired: 2,
  certificateNotYetValid: 2,
  refusedValue: 2,
  badAppCertificate: 2,
  noCertificateYet: 2,
  artifactsDiffer: 2,
  artifactsNotWritten: 2,
  // Verification
  verifyModesMixed: 2,
  verifyNothingNamed: 2,
  verifyFlagsMissing: 2,
  instanceUrlRefused: 2,
  connectionNotSetUp: 2,
} as const satisfies Record<string, ExitCode>;

export type ErrorKey = keyof typeof errorExitCodes;

export type JwtErrorOptions = {
  readonly cause?: unknown;
  /** Machine-readable facts for `--json`. Never a key, a password, an assertion or a token. */
  readonly data?: Readonly<Record<string, unknown>>;
};

/**
 * A fault that a user can do something about. Mistakes of a programmer are `TypeError`s.
 *
 * `tokens` fill the `%s` places of the message in `messages/errors.md`, in order.
 */
export class JwtError extends Error {
  public readonly key: ErrorKey;
  public readonly tokens: readonly string[];
  public readonly data: Readonly<Record<string, unknown>> | undefined;

  public constructor(key: ErrorKey, tokens: readonly string[] = [], options: JwtErrorOptions = {}) {
    super(key, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'JwtError';
    this.key = key;
    this.tokens = tokens;
    this.data = options.data;
  }

  public get exitCode(): ExitCode {
    return errorExitCodes[this.key];
  }
}
