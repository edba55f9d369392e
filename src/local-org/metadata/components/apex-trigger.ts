import { parseApex } from '../../apex/parse-apex.js';
import { checkApexVersion } from './apex-class.js';
import type { ComponentHandler } from './handler.js';

/** A local org parses triggers; none ever fires, and none has a row. */
export const apexTrigger: ComponentHandler = {
  check({ fullName, root, content }) {
    const badVersion = checkApexVersion(root);
    if (badVersion.length > 0) return badVersion;
    const parsed = parseApex(Buffer.from(content ?? []).toString('utf8'), 'trigger');
    if (parsed.kind === 'faults') {
      return parsed.faults.map(({ message, line, column }) => ({ problem: message, line, column }));
    }
    const { text: name, line, column } = parsed.name ?? { text: '', line: 1, column: 1 };
    // Assumption: the text is that of classes.
    return name === fullName ? [] : [{ problem: `File name mismatch with trigger name: ${name}`, line, column }];
  },
};
