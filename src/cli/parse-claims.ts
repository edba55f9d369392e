import { refused } from '../artifacts/names.js';
import type { Claims } from '../config/connection.js';

/**
 * Claims as flags give them, `name=value` each. `true`, `false` and whole numbers are what they look like; anything else is
 * text, and so is what stands in double quotes. A number with a point or with leading zeros is more often a version or a code
 * than a quantity, and would not come out as it went in (`1.10`, `007`), so it is text; the connection file takes any number.
 *
 * @throws JwtError `refusedValue` for one without a name or a value, or whose name stands twice
 */
export function parseClaims(flags: readonly string[]): Claims {
  const claims = flags.map(parseClaim);
  const names = claims.map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw refused('claim', twice, 'each claim stands once');
  return Object.fromEntries(claims);
}

function parseClaim(flag: string): readonly [string, string | number | boolean] {
  const at = flag.indexOf('=');
  if (at < 1 || at === flag.length - 1)
    throw refused('claim', flag, 'a claim is given as name=value, like role=reader');
  return [flag.slice(0, at), parseValue(flag.slice(at + 1))];
}

function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  return /^".*"$/.test(text) ? text.slice(1, -1) : text;
}
