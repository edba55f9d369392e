import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@salesforce/core';
import type { ComponentRef } from '../artifacts/artifact.js';
import type { OrgGateway, OrgIdentity, OrgUser } from './gateway.js';
import { patiently, type Wait } from './patience.js';
import { asRefusal, wordsOfOrg } from './salesforce-refusal.js';
import { permissions } from './permissions.js';
import { executeAnonymous, findLocalOrg } from './salesforce-apex.js';
import { deploySource } from './salesforce-deploy.js';
import { listExisting, readConsumerKey, retrieveCertificate, retrieveSources } from './salesforce-metadata.js';
import { componentsInSource } from './salesforce-source.js';
import { findCachePartition, findCertificate, hasCertificates } from './salesforce-tooling.js';
import { soql } from './soql.js';
import { troubleIn, type Trouble } from './trouble.js';

/**
 * Speaks to an org through `@salesforce/core`: REST for data, the Metadata API for components.
 *
 * Every method rejects with a `JwtError` that quotes what the org said. What an org that is busy refuses, or holds locked, is
 * tried again where that is safe.
 */
export async function createGateway(
  connection: Connection,
  now = () => new Date(),
  wait: Wait = delay,
): Promise<OrgGateway> {
  const untilFree = <T>(trouble: Trouble, request: () => Promise<T>): Promise<T> =>
    patiently(request, (error) => troubleIn(wordsOfOrg(error)) === trouble, wait);
  /** SOAP calls that only read. */
  const reading = <T>(request: () => Promise<T>): Promise<T> =>
    asRefusal(connection, () => untilFree('orgUnavailable', request));
  const identity = await asRefusal(connection, () => identify(connection));
  const localOrg = await findLocalOrg(connection);
  return {
    identity,
    currentUser: () => asRefusal(connection, () => requireUser(connection, identity.username)),
    findUser: (username) => asRefusal(connection, () => findUser(connection, username)),
    existing: (components) => reading(() => listExisting(connection, components)),
    sources: (components) => reading(() => retrieveSources(connection, components)),
    componentsIn: componentsInSource,
    deploy: (request) => asRefusal(connection, () => deploySource(connection, request), permissions.deploy),
    readConsumerKey: (app: ComponentRef) => reading(() => readConsumerKey(connection, app)),
    retrieveCertificate: (name) => reading(() => retrieveCertificate(connection, name)),
    findCertificate: (name) => asRefusal(connection, () => findCertificate(connection, name)),
    hasCertificates: () => asRefusal(connection, () => hasCertificates(connection)),
    findCachePartition: (name) => asRefusal(connection, () => findCachePartition(connection, name)),
    hasPermissionSet: (userId, name) =>
      asRefusal(connection, () => hasPermissionSet(connection, { userId, name, now: now() })),
    assignPermissionSet: (userId, name) =>
      asRefusal(
        connection,
        // An org that cannot lock a record has created none.
        () => untilFree('recordLocked', () => assignPermissionSet(connection, userId, name)),
        permissions.assign,
      ),
    executeAnonymous: (apex) => asRefusal(connection, () => executeAnonymous(connection, apex), permissions.runApex),
    ...(localOrg ? { localOrg } : {}),
  };
}

async function identify(connection: Connection): Promise<OrgIdentity> {
  const { records } = await connection.query<{ Id: string }>('SELECT Id FROM Organization');
  const orgId = records[0]?.Id;
  const username = connection.getUsername();
  if (orgId === undefined || username === undefined) throw new Error('The org does not tell its id.');
  return { orgId, username, instanceUrl: new URL(connection.instanceUrl).origin };
}

type UserRow = { Id: string; Username: string; Email: string; IsActive: boolean };

async function findUser(connection: Connection, username: string): Promise<OrgUser | undefined> {
  const { records } = await connection.query<UserRow>(
    soql`SELECT Id, Username, Email, IsActive FROM User WHERE Username = ${username}`,
  );
  const row = records[0];
  return row && { id: row.Id, username: row.Username, email: row.Email, isActive: row.IsActive };
}

async function requireUser(connection: Connection, username: string): Promise<OrgUser> {
  const user = await findUser(connection, username);
  if (!user) throw new Error(`The org has no user ${username}.`);
  return user;
}

/**
 * An assignment that has expired counts for nothing (Object Reference, PermissionSetAssignment: ExpirationDate). A
 * package may bring a permission set of the same name along.
 */
async function hasPermissionSet(connection: Connection, { userId, name, now }: AssignmentQuery): Promise<boolean> {
  const { records } = await connection.query<{ Id: string; ExpirationDate: string | null }>(
    soql`SELECT Id, ExpirationDate FROM PermissionSetAssignment WHERE AssigneeId = ${userId} AND PermissionSet.Name = ${name} AND PermissionSet.NamespacePrefix = null`,
  );
  return records.some(({ ExpirationDate: ends }) => ends === null || new Date(ends) > now);
}

type AssignmentQuery = { readonly userId: string; readonly name: string; readonly now: Date };

async function assignPermissionSet(connection: Connection, userId: string, name: string): Promise<void> {
  const { records } = await connection.query<{ Id: string }>(
    soql`SELECT Id FROM PermissionSet WHERE Name = ${name} AND NamespacePrefix = null`,
  );
  const permissionSetId = records[0]?.Id;
  if (permissionSetId === undefined) throw new Error(`The org has no permission set ${name}.`);
  await connection.sobject('PermissionSetAssignment').create({ AssigneeId: userId, PermissionSetId: permissionSetId });
}
