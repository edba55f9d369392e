import { JwtError } from '../../src/errors.js';

/** The error that an action is refused with. Fails where it is not refused, or breaks in another way. */
export async function refusalOf(action: () => unknown): Promise<JwtError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof JwtError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
