/** Why a zip is not unpacked. The texts are assumptions: orgs are seen to answer an UNKNOWN_EXCEPTION that names nothing. */
export class ZipRefusal extends Error {}

export function damaged(): ZipRefusal {
  return new ZipRefusal('The zip file cannot be read: it is damaged');
}
