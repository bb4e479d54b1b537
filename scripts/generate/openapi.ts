import { ACTIONS, type Action, GROUPS } from '../../packages/contract/v2/index.ts';
import { flatFields, type Json, schemaOf } from './json-schema.ts';
import { TITLES } from './markdown.ts';
import { type Field, fieldsOf, typeOf } from './model.ts';
import { COMMON, commonForm, commonQuery, envelope, SECURITY } from './openapi-common.ts';

const PATH = '/v2/index.php';

const DESCRIPTION = `Generated from packages/contract/v2 by scripts/generate.ts.

All actions share the path ${PATH} and differ in the parameter Action. A path can be in this file only once, so each action has an entry of its own whose path
ends in #Action=…: that part tells the entries apart and is never sent. Action itself is among the parameters of each.

Answers have HTTP status 200, also those that report an error: look at code. Lists are shown by their first element, name.0; further ones follow as name.1, name.2 and so on.`;

/** The API as an OpenAPI 3.1 document. */
export function openApi(): Json {
  const schemas: Json = { Envelope: envelope(), CommonParameters: commonForm() };
  const paths = Object.fromEntries(
    ACTIONS.map((action) => [`${PATH}#Action=${action.name}`, pathItem(action)]),
  );
  const responses = Object.fromEntries(ACTIONS.map((action) => [action.name, answer(action, schemas)]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenVOD server API',
      version: '2',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: DESCRIPTION,
    },
    servers: [{ url: 'http://127.0.0.1:8620', description: 'npm start on this machine' }],
    tags: GROUPS.map((name) => ({ name, description: TITLES[name] })),
    security: [{ signature: [] }],
    paths,
    components: { schemas, parameters: commonQuery(), responses, securitySchemes: SECURITY },
  };
}

function pathItem(action: Action): Json {
  const fields = fieldsOf(action.params);
  const methods = action.methods ?? ['GET', 'POST'];
  const item: Json = {};
  if (methods.includes('GET')) item.get = operation(action, '', { parameters: query(action, fields) });
  if (!methods.includes('POST')) return item;
  const suffix = methods.includes('GET') ? 'ByPost' : '';
  item.post =
    action.protocol === 'upload'
      ? operation(action, suffix, { parameters: query(action, fields), ...rawBody(action) })
      : operation(action, suffix, formBody(action, fields));
  return item;
}

function operation(action: Action, suffix: string, call: Json): Json {
  return {
    operationId: action.name + suffix,
    tags: [action.group],
    summary: action.summary,
    ...(action.notes === undefined ? {} : { description: action.notes }),
    ...call,
    responses: { 200: { $ref: `#/components/responses/${action.name}` } },
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
        // As it is sent: the examples of the original's pages leave the name of the code out.
        example: { codeDesc: 'Success', ...action.example.response },
      },
    },
  };
}

function rawBody(action: Action): Json {
  if (action.methods === undefined) return {};
  return { requestBody: { required: true, content: { 'application/octet-stream': {} } } };
}

function formBody(action: Action, fields: readonly Field[]): Json {
  const flat = flatFields(fields);
  const own = {
    type: 'object',
    required: ['Action', ...flat.filter(({ required }) => required).map(({ name }) => name)],
    properties: {
      Action: { const: action.name },
      ...Object.fromEntries(flat.map(({ name, schema }) => [name, schema])),
    },
  };
  const schema = { allOf: [{ $ref: '#/components/schemas/CommonParameters' }, own] };
  return { requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema } } } };
}

function query(action: Action, fields: readonly Field[]): Json[] {
  return [
    { name: 'Action', in: 'query', required: true, schema: { const: action.name } },
    ...Object.keys(COMMON).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ...queryOf(fields),
  ];
}

function queryOf(fields: readonly Field[]): Json[] {
  return flatFields(fields).map(({ name, required, schema }) => ({ name, in: 'query', required, schema }));
}
