import { refused } from '../artifacts/names.js';
import type { Claims } from '../config/connection.js';

/**
 * Claims as flags give them, `name=value` each. `true`, `false` and whole numbers are what they look like; anything else is
 * text, and so is what stands in double quotes.
 *
 * @throws JwtError `refusedValue` for one without a name or a value
 */
export const parseClaims = (flags: readonly string[]): Claims => Object.fromEntries(flags.map(parseClaim));

function parseClaim(flag: string): readonly [string, string | number | boolean] {
  const at = flag.indexOf('=');
  if (at < 1 || at === flag.length - 1)
    throw refused('claim', flag, 'a claim is given as name=value, like role=reader');
  return [flag.slice(0, at), parseValue(flag.slice(at + 1))];
}

function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  return /^".*"$/.test(text) ? text.slice(1, -1) : text;
}
