import type { FieldFunctionExpression, FieldType, Subquery } from 'soql-parser-js';
import { RestRefusal } from '../rest/refusal.js';
import { resolveField, type FieldContext, type FieldPath } from './fields.js';
import { markPosition } from './position.js';

export type AggregateFunction = 'COUNT' | 'COUNT_DISTINCT' | 'MIN' | 'MAX' | 'SUM' | 'AVG';

export type Aggregate = {
  readonly function: AggregateFunction;
  /** Not there in `COUNT()`, which counts rows. */
  readonly of?: FieldPath;
};

export type Selection =
  | { readonly kind: 'field'; readonly path: FieldPath; readonly text: string; readonly alias?: string }
  | ({ readonly kind: 'aggregate'; readonly key: string } & Aggregate)
  | { readonly kind: 'children'; readonly subquery: Subquery };

/**
 * What a SELECT asks for. Aggregates without an alias are called `expr0`, `expr1`, … in their order.
 *
 * @throws RestRefusal INVALID_FIELD, MALFORMED_QUERY
 */
export function selectionsOf(context: FieldContext, fields: readonly FieldType[]): readonly Selection[] {
  let unnamed = 0;
  const nextKey = (): string => `expr${unnamed++}`;
  return fields.flatMap((field) => selectionOf(context, field, nextKey));
}

function selectionOf(context: FieldContext, field: FieldType, nextKey: () => string): readonly Selection[] {
  switch (field.type) {
    case 'Field':
      return [{ kind: 'field', path: resolveField(context, field.field), text: field.field, alias: field.alias }];
    case 'FieldRelationship': {
      const text = [...field.relationships, field.field].join('.');
      const alias = 'alias' in field ? field.alias : undefined;
      return [{ kind: 'field', path: resolveField(context, text), text, alias }];
    }
    case 'FieldSubquery':
      return [{ kind: 'children', subquery: field.subquery }];
    case 'FieldFunctionExpression':
      return functionOf(context, field, nextKey);
    default:
      throw unknown();
  }
}

function functionOf(
  context: FieldContext,
  field: FieldFunctionExpression,
  nextKey: () => string,
): readonly Selection[] {
  const [parameter] = field.parameters;
  if (field.functionName.toUpperCase() === 'FIELDS') return allFields(context);
  const aggregate = aggregateOf(context, field.functionName, parameter);
  return [{ kind: 'aggregate', key: field.alias ?? nextKey(), ...aggregate }];
}

const functions: readonly AggregateFunction[] = ['COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX', 'SUM', 'AVG'];

/** An aggregate wherever it stands. @throws RestRefusal INVALID_FIELD, MALFORMED_QUERY */
export function aggregateOf(context: FieldContext, functionName: string, parameter: unknown): Aggregate {
  const name = functions.find((candidate) => candidate === functionName.toUpperCase());
  if (!name) throw unknown();
  if (typeof parameter !== 'string') {
    if (name === 'COUNT' && parameter === undefined) return { function: name };
    throw unknown();
  }
  const of = resolveField(context, parameter);
  const isNumber = of.type === 'int' || of.type === 'double';
  if ((name === 'SUM' || name === 'AVG') && !isNumber) {
    const text = `field ${of.name} does not support aggregate operator ${name}`;
    throw new RestRefusal(400, 'MALFORMED_QUERY', markPosition(context.soql, parameter) + text);
  }
  return { function: name, of };
}

function allFields({ sObject }: FieldContext): readonly Selection[] {
  return sObject.fields.map(({ name, type }) => ({
    kind: 'field',
    path: { relationships: [], name, type },
    text: name,
  }));
}

function unknown(): RestRefusal {
  return new RestRefusal(
    400,
    'MALFORMED_QUERY',
    'A local org knows fields, parent fields, child relationships, FIELDS() and the aggregates COUNT, COUNT_DISTINCT, MIN, MAX, SUM and AVG in SELECT, and nothing else.',
  );
}
