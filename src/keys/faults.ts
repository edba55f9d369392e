import { JwtError } from '../errors.js';
import { printable } from './printable.js';

/** A file that breaks its own format. `reason` goes after "is damaged:". */
export function damaged(path: string, reason: string, cause?: unknown): JwtError {
  return new JwtError('keyFileDamaged', [printable(path), reason], { cause });
}

/** A file that is sound, but protected or made in a way that we cannot use. `reason` goes after "cannot be used:". */
export function unsupported(path: string, reason: string, cause?: unknown): JwtError {
  return new JwtError('keyFileUnsupported', [printable(path), reason], { cause });
}

export function wrongPassword(path: string, cause?: unknown): JwtError {
  return new JwtError('keyPasswordWrong', [printable(path)], { cause });
}

export function passwordNeeded(path: string): JwtError {
  return new JwtError('keyPasswordNeeded', [printable(path)]);
}

/** Runs a parser of outside data, whose errors of any class then mean that the file is damaged. A `JwtError` passes. */
export function orDamaged<T>(path: string, reason: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw cause instanceof JwtError ? cause : damaged(path, reason, cause);
  }
}
