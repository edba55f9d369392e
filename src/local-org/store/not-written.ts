import { JwtError } from '../../errors.js';

/** A fault of the file system, whatever was done: the error says which file or folder is meant. */
export function notWritten(path: string, cause: unknown): JwtError {
  if (cause instanceof JwtError) return cause;
  return new JwtError('localStateNotWritten', [path, errorCode(cause)], { cause, data: { path } });
}

/** The code of a fault of the system, like `ENOSPC`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
