import type { LocalOrg, SObjectRecord } from '../../model.js';
import { isId } from '../../store/ids.js';
import { retrieveJobObject } from '../../store/sobjects.js';
import type { Retrieved } from './retrieve-components.js';

/** Results wait to be fetched; only so many, as nobody comes back for most of them. Limits of local orgs, not of Salesforce. */
const mostWaiting = 20;
const mostWaitingBytes = 128 * 1024 * 1024;

type RetrieveJob = SObjectRecord & Pick<Retrieved, 'fileProperties' | 'messages'> & { readonly zip: string };

/** A retrieve that is done. */
export type FinishedRetrieve = Pick<RetrieveJob, 'fileProperties' | 'messages'> & {
  /** In base64. */
  readonly zip: string;
};

/** Keeps a result until it is asked for, also over a restart of the org. Returns the id of the retrieve. */
export function keepRetrieve(org: LocalOrg, { fileProperties, messages, zip }: Retrieved): string {
  const finished: FinishedRetrieve = { fileProperties, messages, zip: Buffer.from(zip).toString('base64') };
  const { Id } = org.records.insert(retrieveJobObject, finished);
  let bytes = 0;
  for (const [index, job] of jobsOf(org).toReversed().entries()) {
    bytes += job.zip.length;
    const isWaiting = index === 0 || (index < mostWaiting && bytes <= mostWaitingBytes);
    if (!isWaiting) org.records.delete(retrieveJobObject, job.Id);
  }
  return Id;
}

/** @param id 15 or 18 characters */
export function findRetrieve(org: LocalOrg, id: string): FinishedRetrieve | undefined {
  return isId(id) ? (org.records.get(retrieveJobObject, id) as RetrieveJob | undefined) : undefined;
}

function jobsOf(org: LocalOrg): readonly RetrieveJob[] {
  return org.records.all(retrieveJobObject) as readonly RetrieveJob[];
}
