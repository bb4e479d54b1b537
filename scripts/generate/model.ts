import type { z } from 'zod';

/** A small description of types, from which the reference, the OpenAPI file and the SDK's interfaces are written. */
export type Type =
  | { kind: 'text'; values?: readonly string[]; min?: number; max?: number }
  | { kind: 'integer'; values?: readonly number[]; min?: number; max?: number }
  | { kind: 'number' }
  /** 0 or 1 on the wire, a boolean in an SDK. */
  | { kind: 'flag' }
  /** `YYYY-MM-DD hh:mm:ss`. */
  | { kind: 'time' }
  | { kind: 'array'; element: Type }
  | { kind: 'object'; name?: string; fields: Field[] }
  | { kind: 'union'; options: Type[] }
  /** Anything, by name. */
  | { kind: 'map' }
  /** A named object inside itself. */
  | { kind: 'reference'; name: string };

export interface Field {
  name: string;
  type: Type;
  required: boolean;
  default?: string | number | boolean;
  description: string;
}

interface Meta {
  description?: string;
  wireType?: 'Integer' | 'Flag' | 'String' | 'DateTime' | 'Array';
  typeName?: string;
  default?: string | number | boolean;
  values?: readonly (string | number)[];
  min?: number;
  max?: number;
}

/** The parts of zod's definitions that schemas of the contract use. */
interface Definition {
  type: string;
  in: z.ZodType;
  out: z.ZodType;
  innerType: z.ZodType;
  element: z.ZodType;
  shape: Record<string, z.ZodType>;
  options: z.ZodType[];
  values: (string | number)[];
  entries: Record<string, string>;
  checks?: { _zod: { def: { check: string; format?: string } } }[];
}

/** Reads the type of a schema. Throws on a kind of schema that the contract has no use for so far. */
export function typeOf(schema: z.ZodType, parents: readonly string[] = []): Type {
  const meta = metaOf(schema);
  const definition = definitionOf(schema);
  switch (meta.wireType) {
    case 'Integer':
      return compact({ kind: 'integer', values: numbers(meta.values), min: meta.min, max: meta.max });
    case 'String':
      return compact({ kind: 'text', values: meta.values?.map(String), min: meta.min, max: meta.max });
    case 'Flag':
      return { kind: 'flag' };
    case 'DateTime':
      return { kind: 'time' };
  }
  switch (definition.type) {
    case 'pipe':
      return typeOf(inside(definition), parents);
    case 'optional':
      return typeOf(definition.innerType, parents);
    case 'string':
      return { kind: 'text' };
    case 'number':
      return isInteger(definition) ? { kind: 'integer' } : { kind: 'number' };
    case 'literal':
      return literal(definition.values);
    case 'enum':
      return { kind: 'text', values: Object.values(definition.entries) };
    case 'array':
      return { kind: 'array', element: typeOf(definition.element, parents) };
    case 'union':
      return { kind: 'union', options: definition.options.map((option) => typeOf(option, parents)) };
    case 'record':
      return { kind: 'map' };
    case 'object':
      return objectType(definition, meta.typeName, parents);
    default:
      throw new Error(`the generator does not know schemas of type ${definition.type}`);
  }
}

/** The fields of a schema that is an object. */
export function fieldsOf(schema: z.ZodType): Field[] {
  const type = typeOf(schema);
  if (type.kind !== 'object') throw new Error('parameters must be an object');
  return type.fields;
}

function objectType(definition: Definition, name: string | undefined, parents: readonly string[]): Type {
  if (name !== undefined && parents.includes(name)) return { kind: 'reference', name };
  const within = name === undefined ? parents : [...parents, name];
  const fields = Object.entries(definition.shape).map(([field, schema]) => fieldOf(field, schema, within));
  return compact({ kind: 'object', name, fields });
}

function fieldOf(name: string, schema: z.ZodType, parents: readonly string[]): Field {
  const layers = layersOf(schema);
  const metas = layers.map(metaOf);
  const given = metas.find((meta) => meta.default !== undefined)?.default;
  return compact({
    name,
    type: typeOf(schema, parents),
    required: given === undefined && !layers.some((layer) => definitionOf(layer).type === 'optional'),
    default: given,
    description: metas.find((meta) => meta.description !== undefined)?.description ?? '',
  });
}

/** A schema and what it wraps, from the outside in. */
function layersOf(schema: z.ZodType): z.ZodType[] {
  const definition = definitionOf(schema);
  if (definition.type === 'pipe') return [schema, ...layersOf(inside(definition))];
  if (definition.type === 'optional') return [schema, ...layersOf(definition.innerType)];
  return [schema];
}

/** The schema proper of a pipe, whose other end is a function. */
function inside(pipe: Definition): z.ZodType {
  return definitionOf(pipe.in).type === 'transform' ? pipe.out : pipe.in;
}

function literal([value]: readonly (string | number)[]): Type {
  return typeof value === 'number'
    ? { kind: 'integer', values: [value] }
    : { kind: 'text', values: [String(value)] };
}

function isInteger({ checks = [] }: Definition): boolean {
  return checks.some((check) => check._zod.def.format === 'safeint');
}

function numbers(values: readonly (string | number)[] | undefined): number[] | undefined {
  return values?.map(Number);
}

function metaOf(schema: z.ZodType): Meta {
  return (schema.meta() ?? {}) as Meta;
}

function definitionOf(schema: z.ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}

/** Without the keys that are undefined, so that models compare and print well. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}
