/** Waits so many milliseconds; replaced in tests. */
export type Wait = (milliseconds: number) => Promise<unknown>;

/** How long to wait before each new try: an org that is busy, or a record that is held, is free again soon or not at all. */
const pauses = [1000, 4000];

/**
 * Makes a request, and makes it again where it failed for a reason that passes: three times in all.
 *
 * Only for requests that change nothing, or that the org has certainly not carried out. jsforce does this by itself for GET,
 * PUT and DELETE, but for no POST, and every call of the SOAP APIs is one.
 */
export async function patiently<T>(
  request: () => Promise<T>,
  passes: (error: unknown) => boolean,
  wait: Wait,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await request();
    } catch (error) {
      if (!passes(error)) throw error;
      await wait(pause);
    }
  }
  return request();
}
