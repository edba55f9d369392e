import { expect } from 'chai';
import { connectionOf, orgs, runTestsOf, sourcesOf, variants } from './apex-worlds.js';

const { toOrg, toServer, inline, inlineToOrg, inlineCached, credential, cached } = variants;

describe('the tests that are generated', () => {
  for (const [what, index, suffix, pattern, replacement] of [
    [
      'an assertion that is sent elsewhere',
      toOrg,
      'TokenProvider',
      'JWTBearerTokenExchange(settings.Token_Endpoint__c',
      'JWTBearerTokenExchange(settings.Base_Url__c',
    ],
    [
      'an assertion that is sent elsewhere',
      inlineToOrg,
      'TokenProvider',
      'JWTBearerTokenExchange(TOKEN_ENDPOINT',
      'JWTBearerTokenExchange(BASE_URL',
    ],
    ['another issuer', toOrg, 'TokenProvider', 'setIss(settings.Consumer_Key__c)', 'setIss(settings.Username__c)'],
    ['a lifetime apart from the settings', toOrg, 'TokenProvider', 'return seconds.intValue();', 'return 120;'],
    ['an assertion that lives too long', toOrg, 'TokenProvider', 'SECONDS = 180', 'SECONDS = 999'],
    ['an assertion that has ended', toServer, 'TokenProvider', 'seconds < 1 ||', ''],
    ['a double slash', toOrg, 'TokenProvider', ".removeEnd('/')", ''],
    ['a field that is not asked for', toOrg, 'TokenProvider', 'Audience__c,\n', ''],
    [
      'a record that lacks a value',
      toOrg,
      'TokenProvider',
      /throw new TokenException\('settings_invalid', field.*/,
      '',
    ],
    ['a field that may be empty', toServer, 'TokenProvider', "'Base_Url__c',", ''],
    [
      'a record that is not looked at',
      toOrg,
      'TokenProvider',
      'completed(records.isEmpty() ? null : records[0]);',
      'records[0];',
    ],
    ['another record', toOrg, 'TokenProvider', "settingsRecord = 'Default'", "settingsRecord = 'Other'"],
    [
      'a body that is repeated',
      toOrg,
      'TokenProvider',
      "refusal(status.isNumeric() ? 'HTTP ' + status : 'An answer'",
      'refusal(message',
    ],
    ['signing that counts as exchange', toOrg, 'TokenProvider', "'signing_failed'", "'unexpected_answer'"],
    [
      'a late refusal that removes a newer token',
      cached,
      'TokenProvider',
      /if \(refused == null \|\| .*\{/,
      'if (true) {',
    ],
    [
      'tokens that differ in case',
      cached,
      'TokenProvider',
      'refused.equals(keptTokens.load(cacheKey()))',
      'refused == keptTokens.load(cacheKey())',
    ],
    ['a cache that keeps the token of another transaction', cached, 'TokenProvider', 'refused == null ||', ''],
    ['a token for each call', toOrg, 'TokenProvider', 'if (accessToken == null)', 'if (true)'],
    ['a token that is not discarded', toOrg, 'TokenProvider', 'accessToken = null;', ''],
    ['an answer that is repeated', toOrg, 'TokenProvider', "status + ' without", "answer + status + ' without"],
    ['a description that gets lost', toOrg, 'TokenProvider', "textOf(answer, 'error_description')", 'null'],
    ['a certificate that is not named', toOrg, 'TokenProvider', "'Certificate ' + certificateName", "'Certificate '"],
    ['an assertion that lives too long', inline, 'TokenProvider', 'SECONDS = 120', 'SECONDS = 600'],
    ['claims that are left out', inline, 'TokenProvider', 'claims.setAdditionalClaims(parse(ADDITIONAL_CLAIMS));', ''],
    ['a scope that is left out', inline, 'TokenProvider', " + '&scope=' + encode(SCOPE)", ''],
    ['a scope that is not encoded', toServer, 'TokenProvider', 'encode(settings.Scope__c)', 'settings.Scope__c'],
    ['a status that is not looked at', toServer, 'TokenProvider', 'response.getStatusCode() != 200 || ', ''],
    ['a lifetime that is ignored', toServer, 'TokenProvider', '(Integer) lifetime : null', 'null : null'],
    ['a cache that is not read', toServer, 'TokenProvider', 'accessToken = keptTokens.load(cacheKey());', ''],
    ['a cache that keeps what was refused', toServer, 'TokenProvider', 'keptTokens.remove(cacheKey());', ''],
    [
      'a missing partition that ends the call',
      toServer,
      'TokenProvider',
      'Cache.Org.OrgCacheException ',
      'JSONException ',
    ],
    ...['Token_Endpoint', 'Consumer_Key', 'Username', 'Audience'].map(
      (field) =>
        [`a key without ${field}__c`, cached, 'TokenProvider', `parts.add(settings.${field}__c);`, ''] as const,
    ),
    ...['Issuer', 'Scope', 'Additional_Claims'].map(
      (field) =>
        [`a key without ${field}__c`, toServer, 'TokenProvider', `parts.add(settings.${field}__c);`, ''] as const,
    ),
    ...['TOKEN_ENDPOINT', 'ISSUER', 'USERNAME', 'AUDIENCE', 'SCOPE', 'ADDITIONAL_CLAIMS'].map(
      (constant) =>
        [`a key without ${constant}`, inlineCached, 'TokenProvider', `parts.add(${constant});`, ''] as const,
    ),
    ['a key that is too long', cached, 'TokenProvider', '.left(50)', ''],
    ['a key that many share', cached, 'TokenProvider', '.left(50)', '.left(2)'],
    ['a token that other namespaces see', cached, 'TokenProvider', 'Visibility.NAMESPACE', 'Visibility.ALL'],
    ['another way to the API', toOrg, 'Client', "'/services/data/v67.0/'", "'/services/nothing/'"],
    ['another way to the user', toOrg, 'Client', '/services/oauth2/userinfo', '/other/services/oauth2/userinfo'],
    ['no timeout', toOrg, 'Client', 'request.setTimeout(TIMEOUT_MILLISECONDS);', ''],
    ['no timeout', toServer, 'TokenProvider', 'request.setTimeout(TIMEOUT_MILLISECONDS);', ''],
    ['no word of JSON', toOrg, 'Client', "request.setHeader('Accept', 'application/json');", ''],
    ['no word of JSON', inline, 'TokenProvider', "request.setHeader('Accept', 'application/json');", ''],
    ['an assertion that is not encoded', inline, 'TokenProvider', 'encode(assertion)', 'assertion'],
    [
      'a request that changes something',
      toOrg,
      'Client',
      "exchange('GET', '/services/data",
      "exchange('POST', '/services/data",
    ],
    ['a type of no body', toOrg, 'Client', 'if (body != null)', 'if (true)'],
    ['a status that is no success', toOrg, 'Client', 'status > 299', 'status > 300'],
    ['a cache that is read each time', cached, 'TokenProvider', 'if (accessToken == null)', 'if (true)'],
    ['a lifetime that is refused', toOrg, 'TokenProvider', 'seconds < 1', 'seconds <= 1'],
    ['a token that is not cached', toServer, 'TokenProvider', 'seconds >= SHORTEST', 'seconds > SHORTEST'],
    ['no signature', inline, 'TokenProvider', /return new Auth\.JWS.*/, 'return null;'],
    ['a cache that removes nothing', cached, 'TokenProvider', 'Cache.Org.getPartition(partitionName).remove(key);', ''],
    ['no retry', toOrg, 'Client', '== UNAUTHORIZED', '== 0'],
    [
      'a retry with the same token',
      toOrg,
      'Client',
      /discardAccessToken\(\);\n {12}response/,
      'getBaseUrl();\nresponse',
    ],
    ['a redirect that counts as success', toOrg, 'Client', 'status > 299', 'status > 399'],
    ['a path that leads elsewhere', toOrg, 'Client', "!path.startsWith('/')", 'false'],
    ['a message with the query', toOrg, 'Client', ".substringBefore('?')", ''],
    ['a token in the report', toOrg, 'Client', "'userId' => userId", "'userId' => 'token'"],
    ['a body that is not sent', credential, 'Client', 'request.setBody(body);', ''],
    ['another Named Credential', credential, 'Client', "'callout:Erp'", "'callout:Other'"],
    [
      'a failure that ends the interviews',
      toOrg,
      'FlowAction',
      'catch (Exception problem)',
      'catch (JSONException problem)',
    ],
    ['progress that is not told', toOrg, 'FlowAction', 'sent++;', ''],
    ['a limit that is not kept', toOrg, 'FlowAction', 'CALLOUTS_PER_REQUEST = 4', 'CALLOUTS_PER_REQUEST = 0'],
    [
      'a limit that is kept too early',
      toOrg,
      'FlowAction',
      'CALLOUTS_PER_REQUEST > calloutLimit',
      'CALLOUTS_PER_REQUEST >= calloutLimit',
    ],
    ['a job without callouts', credential, 'Job', ', Database.AllowsCallouts', ''],
    ['a body that gets lost', credential, 'Job', 'JSON.serialize(body)', 'null'],
  ] as const) {
    it(`find ${what}`, () => {
      const classes = new Map(sourcesOf(index));
      const source = classes.get(suffix) ?? '';
      const broken = source.replace(pattern, replacement);
      expect(broken).not.to.equal(source);
      classes.set(suffix, broken);
      const org = orgs['all that was deployed']!(connectionOf(index));
      expect(runTestsOf(suffix, classes, org).failures).not.to.deep.equal([]);
    });
  }
});
