/**
 * Types of the platform that end as a generated class does. A class of the same name would hide them from all Apex of the
 * org. Compared without case, as Apex does. (Object Reference for the Salesforce Platform; Apex Reference Guide.)
 */
const platformTypes = new Set([
  'asyncapexjob',
  'batchjob',
  'duplicatejob',
  'mktmlpredictionjob',
  'notificationclient',
  'packagepushjob',
  'pricingadjbatchjob',
  'ratingrequestbatchjob',
]);

/** True for the name of a generated class that the platform uses itself. No keyword of Apex ends like one. */
export function isReservedInApex(name: string): boolean {
  return platformTypes.has(name.toLowerCase());
}
