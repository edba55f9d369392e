import type { Connection } from '../config/connection.js';
import { isChange, type Plan, type Step, type StepAction } from '../plan/step.js';

const marks: Readonly<Record<StepAction, string>> = { create: '+', update: '~', none: '=' };

/** A step of a plan as `--json` gives it out. */
export type PlanRow = {
  readonly step: Step['kind'];
  readonly place: Step['place'];
  readonly action: StepAction;
  readonly subject: string;
  readonly reason: string;
};

export const toPlanRow = ({ kind, place, action, subject, reason }: Step): PlanRow => ({
  step: kind,
  place,
  action,
  subject,
  reason,
});

/** The lines of a plan for the terminal: `+` is made, `~` is changed, `=` stays. */
export function planLines({ steps }: Plan, { server, client }: Connection): readonly string[] {
  const places: Readonly<Record<Step['place'], string>> = {
    local: 'this project',
    server: server.type === 'salesforce' ? server.org : '',
    client: client.type === 'external' ? '' : client.org,
  };
  const rows = steps.map((step) => ({ ...step, lines: inLines(step.subject), where: places[step.place] }));
  const width = Math.max(...rows.flatMap(({ lines }) => lines.map(({ length }) => length)));
  const placeWidth = Math.max(...rows.map(({ where }) => where.length));
  return rows.flatMap(({ action, lines: [first = '', ...more], where, reason }) => {
    const [short, long] = inSentences(reason);
    return [
      `  ${marks[action]} ${first.padEnd(width)}  ${where.padEnd(placeWidth)}  ${short}`.trimEnd(),
      ...more.map((line) => `    ${line}`),
      ...long.map((line) => `      ${line}`),
    ];
  });
}

/** What fits beside a step, and the sentences that need lines of their own: those about what stays in an org. */
function inSentences(reason: string): readonly [string, readonly string[]] {
  const sentences = reason.length > maxSubject ? reason.split('; ') : [reason];
  const [first = '', ...others] = sentences;
  return first.length > maxSubject ? ['', sentences.flatMap(continued)] : [first, others.flatMap(continued)];
}

/** A long command goes on over several lines, which a shell still reads as one. */
function continued(sentence: string): readonly string[] {
  const [words = '', command] = sentence.split(/(?<=:) (?=sf )/);
  if (command === undefined) return [sentence];
  const parts = command.split(/ (?=--metadata )/);
  return [words, ...parts.map((part, index) => `  ${part}${index < parts.length - 1 ? ' \\' : ''}`)];
}

/** A list of components is longer than a screen is wide. */
const maxSubject = 64;

/** Broken where a list may be. */
function inLines(subject: string): readonly string[] {
  const at = subject.length > maxSubject ? subject.lastIndexOf(', ', maxSubject) : -1;
  return at < 0 ? [subject] : [subject.slice(0, at + 1), ...inLines(subject.slice(at + 2))];
}

/** One sentence that sums a plan up. */
export function planSummary({ steps }: Plan): string {
  const count = (action: StepAction): number => steps.filter((step) => step.action === action).length;
  return steps.some(isChange)
    ? `Plan: ${count('create')} to create, ${count('update')} to update, ${count('none')} unchanged.`
    : 'Nothing to do: everything is there as it should be.';
}
