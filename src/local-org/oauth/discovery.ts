import { json, type RouteHandler } from '../http.js';

/** Names as `login.salesforce.com` publishes them. */
const scopes =
  'cdp_ingest_api custom_permissions cdp_segment_api content cdp_api chatbot_api cdp_identityresolution_api interaction_api ' +
  'wave_api web cdp_calculated_insight_api einstein_gpt_api offline_access id api eclair_api email pardot_api lightning ' +
  'visualforce cdp_query_api sfap_api address openid profile scrt_api cdp_profile_api refresh_token phone ' +
  'user_registration_api pwdless_login_api chatter_api mcp_api full forgot_password';

const claims =
  'active address email email_verified family_name given_name is_app_installed language locale name nickname ' +
  'organization_id phone_number phone_number_verified photos picture preferred_username profile sub updated_at urls user_id ' +
  'user_type zoneinfo';

/**
 * `GET /.well-known/openid-configuration` (OpenID Connect Discovery 1.0), with the members of Salesforce's own. A local org
 * names the endpoints that it does not have, too: browser login and registration of clients.
 */
export const discover: RouteHandler = (_, { instanceUrl }) =>
  Promise.resolve(
    json(200, {
      issuer: instanceUrl,
      authorization_endpoint: `${instanceUrl}/services/oauth2/authorize`,
      token_endpoint: `${instanceUrl}/services/oauth2/token`,
      revocation_endpoint: `${instanceUrl}/services/oauth2/revoke`,
      userinfo_endpoint: `${instanceUrl}/services/oauth2/userinfo`,
      jwks_uri: `${instanceUrl}/id/keys`,
      registration_endpoint: `${instanceUrl}/services/oauth2/register`,
      introspection_endpoint: `${instanceUrl}/services/oauth2/introspect`,
      scopes_supported: scopes.split(' '),
      response_types_supported: ['code', 'token', 'token id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      display_values_supported: ['page', 'popup', 'touch'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
      claims_supported: claims.split(' '),
    }),
  );
