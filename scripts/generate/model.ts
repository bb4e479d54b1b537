import { z } from 'zod';

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
  | { kind: 'null' }
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

/** JSON Schema as zod writes it, with what `meta` of the contract's types (wire.ts) adds. */
interface WireSchema {
  $ref?: string;
  $defs?: Record<string, WireSchema>;
  type?: string;
  const?: string | number;
  enum?: (string | number)[];
  anyOf?: WireSchema[];
  oneOf?: WireSchema[];
  items?: WireSchema;
  properties?: Record<string, WireSchema>;
  required?: string[];
  description?: string;
  default?: string | number | boolean;
  wireType?: 'Integer' | 'Float' | 'Flag' | 'String' | 'DateTime' | 'Array';
  typeName?: string;
  values?: readonly (string | number)[];
  min?: number;
  max?: number;
}

type Definitions = Record<string, WireSchema>;

/** Reads the type of a schema. Throws on a kind of schema that the contract has no use for so far. */
export function typeOf(schema: z.ZodType): Type {
  // What travels is what goes into a schema; what its transforms make of that is the server's business.
  const root = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: keepDefault,
  }) as WireSchema;
  return read(root, root.$defs ?? {}, []);
}

/** zod leaves out the defaults of what it transforms, as they are values from behind the transform; ours are meant for readers. */
function keepDefault({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: object }): void {
  const value = z.globalRegistry.get(zodSchema)?.default;
  if (value !== undefined) Object.assign(jsonSchema, { default: value });
}

/** The fields of a schema that is an object. */
export function fieldsOf(schema: z.ZodType): Field[] {
  const type = typeOf(schema);
  if (type.kind !== 'object') throw new Error('parameters must be an object');
  return type.fields;
}

/** `parents` are the names of the objects that this is inside of. */
function read(schema: WireSchema, definitions: Definitions, parents: readonly string[]): Type {
  if (schema.$ref !== undefined) return read(resolve(schema.$ref, definitions), definitions, parents);
  const { values, min, max } = schema;
  switch (schema.wireType) {
    case 'Integer':
      return compact({ kind: 'integer', values: values?.map(Number), min, max });
    case 'String':
      return compact({ kind: 'text', values: values?.map(String), min, max });
    case 'Float':
      return { kind: 'number' };
    case 'Flag':
      return { kind: 'flag' };
    case 'DateTime':
      return { kind: 'time' };
  }
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return { kind: 'text', values: schema.enum.map(String) };
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined)
    return { kind: 'union', options: options.map((option) => read(option, definitions, parents)) };
  switch (schema.type) {
    case 'string':
      return { kind: 'text' };
    case 'integer':
      return { kind: 'integer' };
    case 'number':
      return { kind: 'number' };
    case 'null':
      return { kind: 'null' };
    case 'array':
      return { kind: 'array', element: read(schema.items ?? {}, definitions, parents) };
    case 'object':
      return schema.properties === undefined ? { kind: 'map' } : object(schema, definitions, parents);
    default:
      throw new Error(`the generator does not know schemas such as ${JSON.stringify(schema)}`);
  }
}

function object(schema: WireSchema, definitions: Definitions, parents: readonly string[]): Type {
  const name = schema.typeName;
  if (name !== undefined && parents.includes(name)) return { kind: 'reference', name };
  const within = name === undefined ? parents : [...parents, name];
  const fields = Object.entries(schema.properties ?? {}).map(([field, inner]) =>
    compact({
      name: field,
      type: read(inner, definitions, within),
      required: inner.default === undefined && (schema.required ?? []).includes(field),
      default: inner.default,
      description: inner.description ?? '',
    }),
  );
  return compact({ kind: 'object', name, fields });
}

function resolve(reference: string, definitions: Definitions): WireSchema {
  const found = definitions[reference.replace('#/$defs/', '')];
  if (!found) throw new Error(`the generator does not know what ${reference} means`);
  return found;
}

function literal(value: string | number): Type {
  return typeof value === 'number' ? { kind: 'integer', values: [value] } : { kind: 'text', values: [value] };
}

/** Without the keys that are undefined, so that models compare and print well. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}
