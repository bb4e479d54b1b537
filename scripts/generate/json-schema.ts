import type { Field, Type } from './model.ts';

export type Json = Record<string, unknown>;

/** Lists are shown by their first element, as nothing in OpenAPI says `name.0, name.1, …`. */
export function flatFields(fields: readonly Field[], path = '', parentRequired = true): FlatField[] {
  return fields.flatMap((field): FlatField[] => {
    const required = parentRequired && field.required;
    const name = path + field.name;
    const { type } = field;
    if (type.kind === 'object') return flatFields(type.fields, `${name}.`, required);
    const isList = type.kind === 'array';
    const schema = { ...schemaOf(isList ? type.element : type, {}), ...annotations(field, isList) };
    return [{ name: isList ? `${name}.0` : name, required, schema }];
  });
}

export interface FlatField {
  name: string;
  required: boolean;
  schema: Json;
}

function annotations({ description, default: value, type }: Field, isList: boolean): Json {
  const more = isList ? 'Further elements as .1, .2, …' : '';
  const text = [description, more].filter((part) => part !== '').join(' ');
  const wire = typeof value === 'boolean' ? Number(value) : value;
  return {
    ...(text === '' ? {} : { description: text }),
    ...(wire === undefined || type.kind === 'time' ? {} : { default: wire }),
  };
}

/** JSON Schema of a type; objects with a name go to `schemas` and are referred to. */
export function schemaOf(type: Type, schemas: Json): Json {
  switch (type.kind) {
    case 'text':
      return type.values === undefined ? { type: 'string' } : { enum: type.values };
    case 'integer':
      if (type.values !== undefined) return { enum: type.values };
      return { type: 'integer', ...(type.min === undefined ? {} : { minimum: type.min }) };
    case 'number':
      return { type: 'number' };
    case 'flag':
      return { enum: [0, 1] };
    case 'time':
      return { type: 'string', examples: ['2017-10-01 00:00:00'] };
    case 'null':
      return { type: 'null' };
    case 'map':
      return { type: 'object' };
    case 'reference':
      return { $ref: `#/components/schemas/${type.name}` };
    case 'array':
      return { type: 'array', items: schemaOf(type.element, schemas) };
    case 'union':
      return { oneOf: type.options.map((option) => schemaOf(option, schemas)) };
    case 'object': {
      const schema = {
        type: 'object',
        required: type.fields.filter(({ required }) => required).map(({ name }) => name),
        properties: Object.fromEntries(
          type.fields.map((field) => [
            field.name,
            { ...schemaOf(field.type, schemas), ...annotations(field, false) },
          ]),
        ),
      };
      if (type.name === undefined) return schema;
      schemas[type.name] = schema;
      return { $ref: `#/components/schemas/${type.name}` };
    }
  }
}
