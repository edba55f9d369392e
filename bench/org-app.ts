import { createSign } from 'node:crypto';
import type { KeyMaterial } from '../src/keys/key-material.js';
import type { Files } from '../test/unit/local-org/metadata/metadata-xml.js';
import { externalClientAppFiles, permissionSetFile } from '../test/unit/local-org/metadata/sample-files.js';
import { multipartOf, zipOfFiles } from './deploy-bodies.js';
import { rest, type OrgClient } from './org-client.js';

export const consumerKey = 'bench.consumer.key';
const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Files of an app that trusts a key, and the permission set that approves its users. */
export function appFiles({ certificate }: KeyMaterial): Files {
  return { ...permissionSetFile, ...externalClientAppFiles({ certificate: certificate.toString(), consumerKey }) };
}

/** Users who may log in with the app: more than one, for logins are limited by user and hour. */
export async function setUpUsers(client: OrgClient, keys: KeyMaterial, count: number): Promise<readonly string[]> {
  await client.deployRest(multipartOf(zipOfFiles(appFiles(keys))));
  const [profile] = await client.query<{ Id: string }>(
    "SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'",
  );
  const [permissionSet] = await client.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Crm_Access'");
  const usernames = Array.from({ length: count }, (_, index) => `bench${index}@example.com`);
  for (const Username of usernames) {
    const user = { Username, LastName: 'Bench', Alias: 'bench', Email: Username, IsActive: true, ...userSettings };
    const { id } = await client.json<{ id: string }>('POST', `${rest}/sobjects/User`, {
      ...user,
      ProfileId: profile?.Id,
    });
    const assignment = { AssigneeId: id, PermissionSetId: permissionSet?.Id };
    await client.json('POST', `${rest}/sobjects/PermissionSetAssignment`, assignment);
  }
  return usernames;
}

const userSettings = {
  TimeZoneSidKey: 'Europe/London',
  LocaleSidKey: 'en_GB',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
};

/** A token request, signed: the signature is made here, so that it is not measured with the answer. */
export function tokenForm({ privateKey }: KeyMaterial, audience: string, username: string, serial: number): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 180;
  const claims = { iss: consumerKey, sub: username, aud: audience, exp, jti: String(serial) };
  const input = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
  const assertion = `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey, 'base64url')}`;
  return new URLSearchParams({ grant_type: jwtBearerGrant, assertion }).toString();
}
