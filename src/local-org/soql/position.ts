/** How much of a query a message shows on either side of a fault. Orgs show a part as well; how much is an assumption. */
const shownBefore = 60;
const shownAfter = 60;

/** Where an error points, as Salesforce prints it above the message: the word, where it stands first as a whole one. */
export function markPosition(soql: string, word: string): string {
  const at = Math.max(placeOf(soql, word), 0);
  const lineStart = soql.lastIndexOf('\n', at - 1) + 1;
  const nextLine = soql.indexOf('\n', at);
  const lineEnd = nextLine === -1 ? soql.length : nextLine;
  const start = Math.max(lineStart, at - shownBefore);
  const shown = soql.slice(start, Math.min(lineEnd, at + shownAfter));
  const row = soql.slice(0, at).split('\n').length;
  return `\n${shown}\n${' '.repeat(at - start)}^\nERROR at Row:${row}:Column:${at - lineStart + 1}\n`;
}

function placeOf(soql: string, word: string): number {
  const [text, wanted] = [soql.toLowerCase(), word.toLowerCase()];
  if (!/^\w+$/.test(wanted)) return text.indexOf(wanted);
  const whole = new RegExp(`(?<![\\w'])${wanted}(?!\\w)`).exec(text);
  return whole?.index ?? text.indexOf(wanted);
}
