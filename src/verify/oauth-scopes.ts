/** Scopes whose name in a token is not just their metadata name in lower case with underscores. */
const unlikeNames: Readonly<Record<string, string>> = {
  Basic: 'id',
  Chatter: 'chatter_api',
  CustomApplications: 'visualforce',
  Wave: 'wave_api',
  Eclair: 'eclair_api',
  Pardot: 'pardot_api',
  Chatbot: 'chatbot_api',
  Interaction: 'interaction_api',
  UserRegistration: 'user_registration_api',
  PwdlessLogin: 'pwdless_login_api',
  SCRT: 'scrt_api',
  SFAP: 'sfap_api',
  MCP: 'mcp_api',
  CDP: 'cdp_api',
  CDPIngest: 'cdp_ingest_api',
  CDPProfile: 'cdp_profile_api',
  CDPQuery: 'cdp_query_api',
  CDPSegment: 'cdp_segment_api',
  CDPIdentityResolution: 'cdp_identityresolution_api',
  EinsteinGPT: 'einstein_gpt_api',
  OpenID: 'openid',
};

/**
 * Name of a scope in a token (`refresh_token`) for its name in metadata (`RefreshToken`). A name that is an OAuth one already
 * stays. The rarer names come from Salesforce's scope list and were not seen in tokens.
 */
export const toOauthScope = (name: string): string =>
  unlikeNames[name] ?? name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();

/** Salesforce Help: the flow never returns a refresh token, so a token need not name these scopes. */
const neverGranted = ['refresh_token', 'offline_access'];

/** Salesforce Help: `full` includes all but the refresh token, `api` includes Chatter, `web` includes Visualforce. */
const includedIn: Readonly<Record<string, readonly string[]>> = { chatter_api: ['api'], visualforce: ['web'] };

/** Which of the expected scopes, by either kind of name, a token does not have. */
export function missingScopes(expected: readonly string[], granted: readonly string[]): readonly string[] {
  if (granted.includes('full')) return [];
  return expected
    .map(toOauthScope)
    .filter((scope) => !neverGranted.includes(scope))
    .filter((scope) => ![scope, ...(includedIn[scope] ?? [])].some((each) => granted.includes(each)));
}
