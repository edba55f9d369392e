import type { LocalOrg } from '../model.js';
import type { SObject } from '../store/sobjects.js';
import { isAdmin } from '../users.js';
import { RestRefusal } from './refusal.js';

/** Who holds them decides who may do what in an org. */
const administered = new Set(['User', 'UserLogin', 'PermissionSet', 'PermissionSetAssignment', 'SetupEntityAccess']);

/**
 * Refuses changes of users and their permissions by others than administrators.
 *
 * @throws RestRefusal INSUFFICIENT_ACCESS_OR_READONLY
 */
export function refuseUnprivileged(org: LocalOrg, { name }: SObject, userId: string): void {
  if (!administered.has(name) || isAdmin(org, userId)) return;
  throw new RestRefusal(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}
