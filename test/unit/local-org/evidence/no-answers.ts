/** Files whose strings are lists of names, by the beginning of their path. */
export const tables = [
  'store/sobjects.ts',
  'metadata/types/',
  'metadata/wsdl/wsdl-types.ts',
  'metadata/type-traits.ts',
  'oauth/discovery.ts',
];

/** Words of SOQL that look like error codes. */
export const noCodes: readonly string[] = ['COUNT_DISTINCT'];

/** Strings of more than one word that no client is sent as an answer. */
export const noAnswers: readonly string[] = [
  // Data of a new org, and parts of its certificates.
  'System Administrator',
  'Minimum Access - Salesforce',
  'Developer Edition',
  'San Francisco',
  // Parts of other texts.
  'can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
  'Please reference your WSDL or the describe call for the appropriate names.',
  'must be a URL that starts with https:// (a local org also takes http:// on this machine)',
  'must be a URL that starts with https:// (a local org also takes http:// on this machine), without user and fragment',
  'must be a URL that starts with https:// (a local org also takes http:// on this machine), without user, query and fragment',
  'it begins with a letter, has letters, digits and single underscores, and ends with none',
  'anonymous Apex',
  'token endpoints',
  '{} with the variant {}',
  'JwtBodyClaim iss',
  'JwtBodyClaim sub',
  'JwtBodyClaim aud',
  ' --path {}',
  // Why a state file cannot be read, for the person who starts the orgs.
  'its line {} is damaged',
  'it is not the state of a local org',
  'it is that of the org {}',
  // Named in a certificate.
  'sf jwt local org',
  // What is looked for, sent in headers, or put around a page.
  'Required field is missing',
  'PRIVATE KEY',
  'NOT IN',
  'Bearer {}',
  '{}={}; Path=/; HttpOnly; SameSite=Strict',
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'body { font: 16px sans-serif; margin: 2em; max-width: 50em } .errorMsg { color: #a00 }',
];
