import type { LocalOrg, OrgKeyPair } from '../../model.js';
import { withKeyPairs } from '../components/certificate.js';
import { handlerOf } from '../components/handlers.js';
import { splitParts } from '../components/parts.js';
import type { Problem } from '../deploy/problem.js';
import { createJudge, removeComponent, saveComponent } from '../deploy/save-components.js';
import { nameFault } from '../developer-name.js';
import { rootName, type MetadataType } from '../metadata-types.js';
import type { Candidate } from '../package/candidate.js';
import { checkWsdl, isTypeKnown } from '../wsdl/check-wsdl.js';
import { textOf, type XmlElement } from '../xml/xml-element.js';
import { findCrudType } from './crud-type.js';

export type SaveMode = 'create' | 'update' | 'upsert';

export type SaveError = { readonly message: string; readonly statusCode: string };

/** `SaveResult`, `UpsertResult` and `DeleteResult` of the Metadata API. */
export type SaveResult = {
  readonly created?: boolean;
  readonly errors?: readonly SaveError[];
  readonly fullName: string;
  readonly success: boolean;
};

/** Saves components one by one, each for itself, as createMetadata() and its sisters do. */
export async function saveMetadata(
  org: LocalOrg,
  elements: readonly XmlElement[],
  mode: SaveMode,
): Promise<readonly SaveResult[]> {
  const opened = elements.map(openElement);
  const candidates = opened.flatMap((entry) => (entry.kind === 'candidate' ? entry.candidate : []));
  return withKeyPairs(
    org,
    candidates,
    () => false,
    (keyPairs) => opened.map((entry) => saveOne(org, entry, mode, keyPairs)),
  );
}

function saveOne(org: LocalOrg, entry: Opened, mode: SaveMode, keyPairs: ReadonlyMap<string, OrgKeyPair>): SaveResult {
  if (entry.kind === 'refused') return { errors: entry.errors, fullName: entry.fullName, success: false };
  const { candidate } = entry;
  const { type, fullName } = candidate;
  const exists = org.components.get(type.name, fullName) !== undefined;
  const conflict = conflictOf(mode, exists, candidate);
  if (conflict) return { errors: [conflict], fullName, success: false };
  const { judge, context } = createJudge(org, keyPairs);
  const parts = splitParts(candidate).map(judge);
  const problems = parts.flatMap((saved) => (saved.kind === 'refused' ? saved.problems : []));
  if (problems.length > 0) return { errors: problems.map(toError), fullName, success: false };
  for (const saved of parts) if (saved.kind !== 'refused') saveComponent(saved.candidate, context);
  return { ...(mode === 'upsert' ? { created: !exists } : {}), fullName, success: true };
}

/** Deletes components of one type. */
export function deleteMetadata(org: LocalOrg, typeName: string, fullNames: readonly string[]): readonly SaveResult[] {
  const type = findCrudType(typeName)?.name ?? typeName;
  return fullNames.map((fullName) => {
    const inUse = handlerOf(type).inUse?.(fullName, createJudge(org, new Map()).context.all);
    if (inUse !== undefined && org.components.get(type, fullName)) {
      return { errors: [{ message: inUse, statusCode: 'DEPENDENCY_EXISTS' }], fullName, success: false };
    }
    if (removeComponent(org, type, fullName) !== undefined) return { fullName, success: true };
    const message = `In field: fullName - no ${typeName} named ${fullName} found`;
    return { errors: [{ message, statusCode: 'INVALID_CROSS_REFERENCE_KEY' }], fullName, success: false };
  });
}

type Opened =
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  | { readonly kind: 'refused'; readonly fullName: string; readonly errors: readonly SaveError[] };

function openElement(element: XmlElement): Opened {
  const typeName = (element.attributes['type'] ?? '').replace(/^.*:/, '');
  const fullName = textOf(element, 'fullName') ?? '';
  const type = findCrudType(typeName);
  const refuse = (errors: readonly SaveError[]): Opened => ({ kind: 'refused', fullName, errors });
  if (!type) return refuse([{ message: `Unknown type:${typeName}`, statusCode: 'INVALID_TYPE' }]);
  const refusal = refuseName(type, fullName);
  if (refusal) return refuse([refusal]);
  const name = rootName(type, fullName);
  const root: XmlElement = { ...element, name, attributes: {} };
  const problems = isTypeKnown(name) ? checkWsdl(root, name) : [];
  if (problems.length > 0) return refuse(problems.map(toError));
  const content = Buffer.from(textOf(element, 'content') ?? '', 'base64');
  return { kind: 'candidate', candidate: { type, fullName, root, ...(type.layout === 'content' ? { content } : {}) } };
}

function refuseName(type: MetadataType, fullName: string): SaveError | undefined {
  if (type.layout === 'bundle') {
    return { message: `A local org takes a ${type.name} with all its files: deploy it`, statusCode: 'INVALID_TYPE' };
  }
  if (fullName === '') return { message: 'Required field is missing: fullName', statusCode: 'REQUIRED_FIELD_MISSING' };
  const message = nameFault(type, fullName);
  return message === undefined ? undefined : { message, statusCode: 'FIELD_INTEGRITY_EXCEPTION' };
}

function conflictOf(mode: SaveMode, exists: boolean, { type, fullName }: Candidate): SaveError | undefined {
  if (mode === 'create' && exists) {
    return { message: `There is already a ${type.name} named ${fullName}`, statusCode: 'DUPLICATE_DEVELOPER_NAME' };
  }
  if (mode === 'update' && !exists) {
    const message = `In field: fullName - no ${type.name} named ${fullName} found`;
    return { message, statusCode: 'INVALID_CROSS_REFERENCE_KEY' };
  }
  return undefined;
}

function toError({ problem }: Problem): SaveError {
  const statusCode = problem.startsWith('Required field is missing')
    ? 'REQUIRED_FIELD_MISSING'
    : /^In field: .* found$/.test(problem)
      ? 'INVALID_CROSS_REFERENCE_KEY'
      : 'FIELD_INTEGRITY_EXCEPTION';
  return { message: problem, statusCode };
}
