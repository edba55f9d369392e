import { JwtError } from '../../../src/errors.js';

/** The error with which a value or an artifact is refused; undefined where it is taken. */
export function refusal(action: () => unknown): JwtError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof JwtError) return error;
    throw error;
  }
}
