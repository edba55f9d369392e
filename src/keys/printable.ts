const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const maxLength = 120;

/** What a user typed or a file says, safe to show in one line: control and direction characters as `\u{…}`, cut at 120. */
export function printable(text: string): string {
  const shown = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return shown.replace(unprintable, escaped);
}

/** The same for text that is whole and may have several lines: nothing is cut, and line feeds stay. */
export const printableLines = (text: string): string =>
  text.replace(unprintable, (character) => (character === '\n' ? character : escaped(character)));

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
