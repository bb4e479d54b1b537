import { ACTIONS, type Action, REGIONS } from '../../packages/contract/v2/index.ts';
import { type Field, fieldsOf, type Type, typeOf } from './model.ts';

type Json = Record<string, unknown>;

/**
 * The API as an OpenAPI 3.1 document. All actions share one path and differ in a query parameter, which OpenAPI
 * cannot say, so each gets a path with its query: the form that most tools take.
 */
export function openApi(): Json {
  const schemas: Json = { Envelope: envelope() };
  const paths = Object.fromEntries(
    ACTIONS.map((action) => [`/v2/index.php?Action=${action.name}`, pathItem(action)]),
  );
  const responses = Object.fromEntries(ACTIONS.map((action) => [action.name, answer(action, schemas)]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenVOD server API',
      version: '2',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Generated from packages/contract by scripts/generate.ts. Answers have HTTP status 200, also those that report an error: look at code.',
    },
    servers: [{ url: 'http://127.0.0.1:8620' }],
    paths,
    components: { schemas, parameters: COMMON_PARAMETERS, responses },
  };
}

const COMMON_PARAMETERS: Json = {
  Region: common('Region', false, {
    type: 'string',
    examples: [REGIONS[0].name],
    description: 'Has no effect.',
  }),
  Timestamp: common('Timestamp', true, { type: 'integer', description: 'Unix seconds.' }),
  Nonce: common('Nonce', true, { type: 'integer', minimum: 0, description: 'Random.' }),
  SecretId: common('SecretId', true, { type: 'string' }),
  SignatureMethod: common('SignatureMethod', false, { enum: ['HmacSHA1', 'HmacSHA256'] }),
  SubAppId: common('SubAppId', false, { type: 'integer' }),
  Signature: common('Signature', true, {
    type: 'string',
    description: 'Base64 of the HMAC over all others.',
  }),
};

function common(name: string, required: boolean, schema: Json): Json {
  return { name, in: 'query', required, schema };
}

function envelope(): Json {
  return {
    type: 'object',
    required: ['code', 'message', 'codeDesc'],
    properties: {
      code: { type: 'integer', description: '0 on success.' },
      message: { type: 'string', description: 'Empty on success.' },
      codeDesc: { type: 'string' },
      canRetry: { enum: [0, 1], description: 'Upload calls only: 1 when the same call may be sent again.' },
    },
  };
}

function pathItem(action: Action): Json {
  const fields = fieldsOf(action.params);
  const methods = action.methods ?? ['GET', 'POST'];
  const operations: [string, Json][] = [];
  if (methods.includes('GET')) operations.push(['get', operation(action, '', queryOf(fields))]);
  if (methods.includes('POST') && action.protocol === 'upload') {
    const suffix = methods.includes('GET') ? 'ByPost' : '';
    operations.push(['post', { ...operation(action, suffix, queryOf(fields)), ...rawBody(action) }]);
  } else if (methods.includes('POST')) {
    operations.push(['post', { ...operation(action, 'ByPost', []), ...formBody(fields) }]);
  }
  return Object.fromEntries(operations);
}

function operation(action: Action, suffix: string, parameters: Json[]): Json {
  return {
    operationId: action.name + suffix,
    tags: [action.group],
    summary: action.summary,
    ...(action.notes === undefined ? {} : { description: action.notes }),
    parameters: [
      ...Object.keys(COMMON_PARAMETERS).map((name) => ({ $ref: `#/components/parameters/${name}` })),
      ...parameters,
    ],
    responses: { 200: { $ref: `#/components/responses/${action.name}` } },
    'x-action': action.name,
    'x-aliases': action.aliases,
    'x-rate-limit-per-minute': action.rateLimitPerMinute,
  };
}

function answer(action: Action, schemas: Json): Json {
  const result = schemaOf(typeOf(action.result), schemas);
  return {
    description: `Success, or an error: ${action.errors.map(({ code }) => code).join(', ')}.`,
    content: {
      'application/json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Envelope' }, result] },
        example: action.example.response,
      },
    },
  };
}

function rawBody(action: Action): Json {
  if (action.methods === undefined) return {};
  return { requestBody: { required: true, content: { 'application/octet-stream': {} } } };
}

function formBody(fields: readonly Field[]): Json {
  const flat = flatFields(fields);
  return {
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': {
          schema: {
            type: 'object',
            required: flat.filter(({ required }) => required).map(({ name }) => name),
            properties: Object.fromEntries(flat.map(({ name, schema }) => [name, schema])),
          },
        },
      },
    },
  };
}

function queryOf(fields: readonly Field[]): Json[] {
  return flatFields(fields).map(({ name, required, schema }) => ({ name, in: 'query', required, schema }));
}

/** Lists are shown by their first element, as nothing in OpenAPI says `name.0, name.1, …`. */
function flatFields(fields: readonly Field[], path = '', parentRequired = true): FlatField[] {
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

interface FlatField {
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
function schemaOf(type: Type, schemas: Json): Json {
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
