import { json, type LocalResponse, type RouteHandler } from '../http.js';
import { RestRefusal } from './refusal.js';

/** The newest API version that a local org speaks (Summer '26), and the oldest that Salesforce still supports. */
export const newestApiVersion = 67;
export const oldestApiVersion = 31;

/** A release has a number once a third of a year: 67 is Summer '26, 66 Spring '26, 65 Winter '26. */
function releaseName(version: number): string {
  const season = ['Winter', 'Spring', 'Summer'][(version + 1) % 3] ?? '';
  return `${season} '${String(26 + Math.floor((version - 65) / 3)).padStart(2, '0')}`;
}

/** `GET /services/data`: the API versions, oldest first. */
export const listVersions: RouteHandler = () => {
  const versions = Array.from(
    { length: newestApiVersion - oldestApiVersion + 1 },
    (_, index) => oldestApiVersion + index,
  );
  const rows = versions.map((version) => ({
    label: releaseName(version),
    url: `/services/data/v${version}.0`,
    version: `${version}.0`,
  }));
  return Promise.resolve(json(200, rows));
};

/** `GET /services/data/vXX.0`: what there is. */
export const listResources: RouteHandler = ({ path, userId }, org): Promise<LocalResponse> => {
  const base = path.replace(/\/$/, '');
  const names = ['composite', 'limits', 'query', 'sobjects', 'tooling'];
  const resources = Object.fromEntries(names.map((name) => [name, `${base}/${name}`]));
  return Promise.resolve(json(200, { ...resources, identity: `${org.instanceUrl}/id/${org.id}/${userId}` }));
};

/** `GET …/limits`. A local org counts nothing, so nothing is ever used up. */
export const listLimits: RouteHandler = () => {
  const unused = (max: number) => ({ Max: max, Remaining: max });
  return Promise.resolve(
    json(200, {
      DailyApiRequests: unused(15_000),
      DailyAsyncApexExecutions: unused(250_000),
      DataStorageMB: unused(5),
      FileStorageMB: unused(20),
    }),
  );
};

/** Whether a version in a URL, like `67.0`, is one that a local org speaks. */
export function isApiVersion(version = ''): boolean {
  return /^\d+\.0$/.test(version) && Number(version) >= oldestApiVersion && Number(version) <= newestApiVersion;
}

/** The first version that there was. Assumption: what is deployed may be older than the API that takes it, down to there. */
const oldestComponentVersion = 7;

/** Whether a component or a package may be of a version: a number, which some clients write without `.0`. */
export function isComponentVersion(version: string): boolean {
  return (
    /^\d+(?:\.0)?$/.test(version) && Number(version) >= oldestComponentVersion && Number(version) <= newestApiVersion
  );
}

/**
 * Refuses API versions that a local org does not speak.
 *
 * @throws RestRefusal NOT_FOUND
 */
export function refuseUnknownVersion(version: string | undefined): void {
  if (isApiVersion(version)) return;
  throw new RestRefusal(404, 'NOT_FOUND', 'The requested resource does not exist');
}
