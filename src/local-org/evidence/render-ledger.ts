import type { Behaviour, EvidenceArea, Grade } from './behaviour.js';

/** Grades in the order in which a reader should trust them, as the document names them. */
const gradeNames: Readonly<Record<Grade, string>> = {
  documented: 'documented',
  seen: 'seen in the field',
  assumed: 'assumed',
  own: 'own',
};

/** The areas of a ledger as Markdown: a table of how many behaviours have which grade, then one table for each area. */
export function renderLedger(areas: readonly EvidenceArea[]): string {
  const tables = areas.map(({ title, behaviours }) =>
    [`### ${title}`, tableOf(['what it does', 'grade', 'source'], behaviours.map(rowOf))].join('\n\n'),
  );
  return [countsOf(areas), ...tables].join('\n\n');
}

function countsOf(areas: readonly EvidenceArea[]): string {
  const grades = Object.keys(gradeNames) as readonly Grade[];
  const count = (behaviours: readonly Behaviour[]): readonly string[] =>
    grades.map((wanted) => String(behaviours.filter(({ grade }) => grade === wanted).length));
  const rows = areas.map(({ title, behaviours }) => [title, ...count(behaviours)]);
  const all = ['**all**', ...count(areas.flatMap(({ behaviours }) => behaviours))];
  return tableOf(['area', ...grades.map((grade) => gradeNames[grade])], [...rows, all]);
}

function rowOf({ does, says = [], grade, source }: Behaviour): readonly string[] {
  const texts = says.map((text) => codeSpan(text));
  return [[escaped(does), ...texts].join('<br>'), gradeNames[grade], escaped(source)];
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Code as it is: only a pipe would end the cell, and a backtick the code. */
function codeSpan(text: string): string {
  const oneLine = text.replaceAll('\n', ' ⏎ ').replaceAll('|', '\\|');
  return oneLine.includes('`') ? `\`\` ${oneLine} \`\`` : `\`${oneLine}\``;
}

/** Prose keeps its code in backticks; everything else that Markdown would read as its own is taken as it stands. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[<*[\]]|(?<!\w)_|_(?!\w)/g, '\\$&')))
    .join('')
    .replaceAll('|', '\\|');
}
