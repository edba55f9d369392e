import { JwtError } from '../errors.js';
import { RestRefusal } from './rest/refusal.js';

/**
 * Saves before an answer leaves. Where that fails nothing is acknowledged: the client is told why, as nobody may be looking at
 * the terminal of the org.
 *
 * @throws RestRefusal UNKNOWN_EXCEPTION
 */
export function savingOrRefusing(save: () => Promise<void>, onFault: (error: unknown) => void): () => Promise<void> {
  return () =>
    save().catch((error: unknown) => {
      onFault(error);
      const [, code = 'unknown'] = error instanceof JwtError ? error.tokens : [];
      throw new RestRefusal(
        500,
        'UNKNOWN_EXCEPTION',
        `A local org could not write its state (${code}): what was changed last may be lost.`,
      );
    });
}
