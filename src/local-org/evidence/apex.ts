import { apexNotExecuted } from '../apex/not-executed.js';
import type { EvidenceArea } from './behaviour.js';

/** Classes, anonymous Apex and tests. */
export const apexEvidence: EvidenceArea = {
  title: 'Apex',
  behaviours: [
    {
      does: 'Executes no Apex. Anonymous Apex, and deploys that ask for tests, say so; test runs are refused with `FUNCTIONALITY_NOT_ENABLED`.',
      says: [apexNotExecuted],
      grade: 'own',
      source: 'A local org has no compiler and no runtime for Apex, and must not look as if code had run',
    },
    {
      does: 'Refuses a class or anonymous Apex with a fault in its syntax, with line and column, in the words of its parser.',
      grade: 'assumed',
      source: 'Orgs give line and column as well; their compiler words faults in another way, and stops at the first',
    },
    {
      does: 'Knows nothing of types, methods and variables.',
      grade: 'own',
      source: 'That takes a compiler',
    },
    {
      does: 'Refuses a class whose name is not that of its file.',
      says: ['File name mismatch with class name: {}'],
      grade: 'assumed',
      source: 'Public deploy logs quote it; no place is at hand that shows it',
    },
    {
      does: 'Refuses a trigger whose file is named otherwise. Triggers are parsed; none ever fires.',
      says: ['File name mismatch with trigger name: {}'],
      grade: 'assumed',
      source: 'The text is that of classes',
    },
    {
      does: 'Refuses source of more than a million characters.',
      says: ['Script too large: {} has at most 1000000 characters'],
      grade: 'assumed',
      source: 'Apex Developer Guide, execution governors and limits, for classes; the text is ours',
    },
    {
      does: 'Refuses source that would keep its parser busy.',
      says: [
        'The source is nested too deeply to be parsed',
        'A local org parses no expression with more than 2000 operators',
        'A local org takes too long to parse this source',
      ],
      grade: 'own',
      source: 'Bounds in depth, operators and time, far above what a person writes',
    },
    {
      does: 'Answers `compiled: true` and an exception where the syntax is right and nothing ran.',
      grade: 'own',
      source: 'There is no value for "unknown"; so clients show the exception, which says what happened',
    },
    {
      does: 'Sends an empty debug log.',
      grade: 'own',
      source: 'Nothing ran that could write one',
    },
    {
      does: 'Counts the characters of a class without its comments.',
      grade: 'documented',
      source: 'Object Reference, ApexClass, LengthWithoutComments',
    },
  ],
};
