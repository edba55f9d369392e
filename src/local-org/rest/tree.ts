import { json, type LocalRequest, type RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { findChildRelationship } from '../soql/child-relationships.js';
import { findSObject, type SObject } from '../store/sobjects.js';
import { isFields, jsonObject, WrongTypeRefusal, type Fields } from './body.js';
import { RestRefusal } from './refusal.js';
import { userOf } from './sobjects.js';
import { putBack, rowsOf } from './undo.js';
import { insertRow, knownSObject, refuseReadOnly } from './write.js';

/** REST API Developer Guide, sObject Tree: 200 records, in trees of five levels. */
const limits = { records: 200, levels: 5 } as const;

type Node = {
  readonly sObject: SObject;
  readonly referenceId: string;
  readonly fields: Fields;
  readonly children: readonly { readonly field: string; readonly node: Node }[];
};

/** `POST …/composite/tree/X`: records with their children. All are made, or none. */
export const createTree: RouteHandler = (request, org) => {
  const { records } = jsonObject(request, 'SObjectTreeRequest');
  const root = knownSObject(request.params['object'] ?? '', false);
  const nodes = listOf(records).map((record) => nodeOf(root, record, 1));
  refuseUnfit(nodes.flatMap(flattened));
  const made: Made[] = [];
  const before = rowsOf(org);
  try {
    for (const node of nodes) insertTree(org, userOf(request), node, made);
  } catch (error) {
    putBack(org, before);
    if (!(error instanceof FailedNode)) throw error;
    return Promise.resolve(json(400, { hasErrors: true, results: [error.result(request)] }));
  }
  return Promise.resolve(
    json(201, { hasErrors: false, results: made.map(({ referenceId, id }) => ({ referenceId, id })) }),
  );
};

type Made = { readonly sObject: SObject; readonly referenceId: string; readonly id: string };

function insertTree(
  org: LocalOrg,
  userId: string,
  { sObject, fields, referenceId, children }: Node,
  made: Made[],
): void {
  const { Id: id } = inserted(referenceId, () => {
    refuseReadOnly(sObject, 'insert');
    return insertRow(org, sObject, userId, fields);
  });
  made.push({ sObject, referenceId, id });
  for (const { field, node } of children)
    insertTree(org, userId, { ...node, fields: { ...node.fields, [field]: id } }, made);
}

function inserted<T>(referenceId: string, insert: () => T): T {
  try {
    return insert();
  } catch (error) {
    throw error instanceof RestRefusal ? new FailedNode(referenceId, error) : error;
  }
}

class FailedNode extends Error {
  public constructor(
    private readonly referenceId: string,
    private readonly reason: RestRefusal,
  ) {
    super(reason.message);
  }

  /** @throws RestRefusal where an org could not read the request at all */
  public result(request: LocalRequest): unknown {
    if (this.reason instanceof WrongTypeRefusal) throw this.reason.in(request);
    const { errorCode: statusCode, message, fields = [] } = this.reason;
    return { referenceId: this.referenceId, errors: [{ statusCode, message, fields }] };
  }
}

function refuseUnfit(nodes: readonly Node[]): void {
  if (nodes.length > limits.records) throw invalid(`A tree has at most ${limits.records} records.`);
  const isTwice = new Set(nodes.map(({ referenceId }) => referenceId)).size < nodes.length;
  if (isTwice) throw invalid('Each "referenceId" in a tree is another one.');
}

function nodeOf(sObject: SObject, record: Fields, level: number): Node {
  if (level > limits.levels) throw invalid(`A tree has at most ${limits.levels} levels.`);
  const { attributes, ...rest } = record;
  const referenceId = isFields(attributes) ? attributes['referenceId'] : undefined;
  if (typeof referenceId !== 'string' || referenceId === '')
    throw invalid('Each record of a tree needs "attributes" with a "referenceId".');
  const members = Object.entries(rest).map(([name, value]) => ({ name, value, below: below(sObject, name, value) }));
  const fields = Object.fromEntries(members.flatMap(({ name, value, below: is }) => (is ? [] : [[name, value]])));
  const children = members.flatMap(({ below: is }) =>
    is ? is.records.map((entry) => ({ field: is.field, node: nodeOf(is.child, entry, level + 1) })) : [],
  );
  return { sObject, referenceId, fields, children };
}

/** The records of a child relationship, or undefined for a field. */
function below(sObject: SObject, name: string, value: unknown) {
  const relationship = isFields(value) ? findChildRelationship(sObject.name, name) : undefined;
  const child = relationship && findSObject(relationship.child);
  if (!child || !isFields(value)) return undefined;
  return { child, field: relationship.field, records: listOf(value['records']) };
}

function flattened(node: Node): readonly Node[] {
  return [node, ...node.children.flatMap((child) => flattened(child.node))];
}

function listOf(value: unknown): readonly Fields[] {
  if (Array.isArray(value) && value.every(isFields)) return value;
  throw invalid('A tree needs "records", a list of records.');
}

function invalid(message: string): RestRefusal {
  return new RestRefusal(400, 'INVALID_INPUT', message);
}
