const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const maxLength = 120;
/** Of a long path, the file name at its end says most. */
const tailLength = 50;

/**
 * What a user typed or a file says, safe to show in one line: control and direction characters as `\u{…}`, and at most 120
 * characters of it, without its middle.
 */
export function printable(text: string): string {
  const shown = text.length > maxLength ? `${text.slice(0, maxLength - tailLength)}…${text.slice(-tailLength)}` : text;
  return shown.replace(unprintable, escaped);
}

/** The same for text that is whole and may have several lines: nothing is cut, and line feeds stay. */
export const printableLines = (text: string): string =>
  text.replace(unprintable, (character) => (character === '\n' ? character : escaped(character)));

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
