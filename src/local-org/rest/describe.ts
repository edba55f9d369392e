import { lengthOf } from './text-values.js';
import { childRelationshipsOf, type ChildRelationship } from '../soql/child-relationships.js';
import { setByTheOrg, type SObject, type SObjectField } from '../store/sobjects.js';

/** An object in short, as the list of objects has it. */
export function summarizeSObject(sObject: SObject, basePath: string): Readonly<Record<string, unknown>> {
  const { name, keyPrefix, writable } = sObject;
  const url = `${basePath}/sobjects/${name}`;
  return {
    name,
    label: name,
    labelPlural: name,
    keyPrefix,
    custom: false,
    createable: writable === true,
    updateable: writable !== false,
    deletable: writable === true,
    queryable: true,
    retrieveable: true,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

/** An object with its fields. */
export function describeSObject(sObject: SObject, basePath: string): Readonly<Record<string, unknown>> {
  return {
    ...summarizeSObject(sObject, basePath),
    fields: sObject.fields.map((field) => describeField(sObject, field)),
    childRelationships: childRelationshipsOf(sObject.name).map(describeChild),
    recordTypeInfos: [],
  };
}

function describeChild({ name, child, field }: ChildRelationship): unknown {
  return { childSObject: child, field, relationshipName: name, deprecatedAndHidden: false };
}

function describeField(sObject: SObject, field: SObjectField): unknown {
  const { writable } = sObject;
  const { name, type, reference, required } = field;
  const isWritable = writable !== false && !setByTheOrg.has(name);
  return {
    name,
    label: name,
    type,
    custom: false,
    createable: isWritable,
    updateable: isWritable,
    nillable: !required && name !== 'Id',
    filterable: true,
    sortable: type !== 'textarea',
    length:
      type === 'id' || type === 'reference' ? 18 : type === 'string' || type === 'email' ? lengthOf(sObject, field) : 0,
    referenceTo: reference ? [reference.object] : [],
    relationshipName: reference?.relationship ?? null,
    picklistValues: [],
  };
}
