// What oclif's reference leaves to be desired: it breaks examples inside quotes, where a shell would keep the line break,
// and leaves out the exit codes, which the help in a terminal ends with.

/** The widest line of an example that oclif lets stand, without its indentation. */
const exampleWidth = 112;

/** Words as a shell sees them: a space in quotes is part of its word. */
const words = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

const wrappedExample = /^ {4}\$ (?:.* \\\n)*.*/gm;

/** Puts right what oclif wrote. */
export function polishReference(reference, commands) {
  return reference
    .split(/^(?=## `)/m)
    .map((section) => withExitCodes(rewrapped(section), commands))
    .join('');
}

function rewrapped(section) {
  return section.replaceAll(wrappedExample, (example) => {
    const lines = [];
    let line = '';
    for (const word of example.replaceAll(/ \\\n +/g, ' ').match(words)) {
      if (line !== '' && line.length + 1 + word.length > exampleWidth) {
        lines.push(line);
        line = '';
      }
      line = line === '' ? word : `${line} ${word}`;
    }
    return `    ${[...lines, line].join(' \\\n      ')}`;
  });
}

function withExitCodes(section, commands) {
  const [, id] = /^## `sf ([^`]+)`/.exec(section) ?? [];
  const codes = id === undefined ? undefined : commands[id.replaceAll(' ', ':')]?.errorCodes;
  if (codes === undefined) return section;
  const lines = codes.body.map(({ name, description }) => `  ${name}  ${description}`);
  return section.replace(/\n```(?=\s*(?:<!--|$))/, () => `\n\n${[codes.header, ...lines].join('\n')}\n\`\`\``);
}
