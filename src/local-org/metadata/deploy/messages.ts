import type { LocalOrg } from '../../model.js';
import type { Deletion } from '../package/read-packages.js';
import type { ComponentMessage } from './problem.js';

type Subject = { readonly type: string; readonly fullName: string; readonly fileName: string };
type Place = { readonly line?: number; readonly column?: number };

/** Makes the messages of one deploy. */
export type Messages = {
  readonly failure: (subject: Subject, problem: string, place?: Place) => ComponentMessage;
  readonly success: (subject: Subject, kind: 'created' | 'changed' | 'unchanged', id?: string) => ComponentMessage;
  readonly deleted: (deletion: Deletion, id: string) => ComponentMessage;
  readonly nothingToDelete: (deletion: Deletion) => ComponentMessage;
  readonly manifest: (fileName: string) => ComponentMessage;
};

export function createMessages(org: LocalOrg): Messages {
  const base = ({ type, fullName, fileName }: Subject): ComponentMessage => ({
    changed: false,
    componentType: type,
    created: false,
    createdDate: new Date(org.now()).toISOString(),
    deleted: false,
    fileName,
    fullName,
    success: true,
  });
  return {
    failure: (subject, problem, place = {}) => ({
      ...base(subject),
      ...(place.line === undefined ? {} : { lineNumber: place.line }),
      ...(place.column === undefined ? {} : { columnNumber: place.column }),
      problem,
      problemType: 'Error',
      success: false,
    }),
    success: (subject, kind, id) => ({
      ...base(subject),
      changed: kind !== 'unchanged',
      created: kind === 'created',
      ...(id === undefined ? {} : { id }),
    }),
    deleted: (deletion, id) => ({ ...base(deletion), changed: true, deleted: true, id }),
    // As orgs word and shape it: SDR reads the component's name out of the text.
    nothingToDelete: ({ type, fullName, fileName }) => ({
      ...base({ type, fullName: fileName, fileName }),
      problem: `No ${type} named: ${fullName} found`,
      problemType: 'Warning',
    }),
    manifest: (fileName) => ({ ...base({ type: '', fullName: 'package.xml', fileName }), changed: true }),
  };
}
