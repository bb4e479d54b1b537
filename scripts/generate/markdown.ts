import {
  ACTIONS,
  type Action,
  EVENTS,
  eventEnvelope,
  formatDateTime,
  GROUPS,
  REGIONS,
} from '../../packages/contract/v2/index.ts';
import { type Field, type Type, typeOf } from './model.ts';
import { table } from './table.ts';

export const HEADER =
  '<!-- Generated from packages/contract by scripts/generate.ts. Do not edit: change the contract and run `npm run generate`. -->';

export const TITLES: Record<Action['group'], string> = {
  media: 'Videos',
  class: 'Classes',
  upload: 'Upload',
  processing: 'Processing',
  template: 'Templates',
  drm: 'Encryption',
  task: 'Tasks',
  event: 'Event notifications',
  stat: 'Statistics',
};

/** `docs/api/README.md`: what there is and what all calls share. */
export function indexPage(): string {
  return page([
    HEADER,
    '# API reference',
    'Every call is `GET` or `POST /v2/index.php` with `Action`, the [common parameters](#common-parameters) and those of the action. Each answer is a JSON object with `code` (0 on success), `message`, `codeDesc` and, beside them, the fields of the result; its HTTP status is 200 even when `code` reports an error. [errors.md](errors.md) lists the codes, [events.md](events.md) what is notified, [openapi.json](openapi.json) is the same for machines.',
    ...GROUPS.map((group) =>
      join([
        `## ${TITLES[group]}`,
        table(
          ['Action', 'What it does'],
          ACTIONS.filter((action) => action.group === group).map(({ name, summary }) => [
            `[${name}](${group}.md#${name.toLowerCase()})`,
            summary,
          ]),
        ),
      ]),
    ),
    '## Common parameters',
    table(
      ['Name', 'Required', 'Meaning'],
      [
        ['Action', 'yes', 'Name of the call; the case of its first letter does not matter.'],
        ['Timestamp', 'yes', 'Unix time in seconds; milliseconds are understood too.'],
        ['Nonce', 'yes', 'Random number of zero or more.'],
        ['SecretId', 'yes', 'Which key signed the call.'],
        ['Signature', 'yes', 'Base64 of the HMAC over method, host, path and all other parameters.'],
        ['SignatureMethod', 'no', 'HmacSHA1 (default) or HmacSHA256.'],
        ['Region', 'no', `Has no effect. Documented: ${REGIONS.map(({ name }) => name).join(', ')}.`],
        ['SubAppId', 'no', 'Sub-application; absent, 0 or the own id mean the main one.'],
        ['Token', 'no', 'With temporary keys.'],
      ],
    ),
    '## Notation',
    'Lists are `name.0=…&name.1=…` with indices from any base and with gaps, objects `name.field=…`; `_` in a name means `.`. GET takes parameters from the query, POST from the body (`application/x-www-form-urlencoded` or `multipart/form-data`), and they are never mixed. Upload calls always have them in the query, because their body is the file.',
  ]);
}

/** `docs/api/<group>.md`. */
export function groupPage(group: Action['group']): string {
  return page([
    HEADER,
    `# ${TITLES[group]}`,
    ...ACTIONS.filter((action) => action.group === group).map(actionSection),
  ]);
}

/** `docs/api/events.md`. */
export function eventsPage(): string {
  return page([
    HEADER,
    '# Events',
    'An event is `{"version": "4.0", "eventType": …, "data": …}`: the body of an HTTP callback, or `eventContent` of [PullEvent](event.md#pullevent). It is delivered at least once and in no promised order.',
    ...EVENTS.map((event) =>
      join([
        `## ${event.name}`,
        event.summary,
        event.notes ?? '',
        fieldTable('Data', rows(typeOf(event.data), '', resultNames)),
        '**Example**',
        code('json', eventEnvelope(event.name, event.example)),
      ]),
    ),
  ]);
}

function actionSection(action: Action): string {
  const result = typeOf(action.result);
  const others = Object.entries(action.example.otherResponses ?? {});
  return join([
    `## ${action.name}`,
    action.summary,
    facts(action).join(' · '),
    action.notes ?? '',
    fieldTable('Parameters', rows(typeOf(action.params), '', parameterNames)),
    otherNames(action),
    ...(result.kind === 'union'
      ? result.options.map((option) => fieldTable('Result, one form', rows(option, '', resultNames)))
      : [fieldTable('Result', rows(result, '', resultNames))]),
    '**Errors**',
    `${table(
      ['Code', 'Meaning'],
      action.errors.map(({ code, meaning }) => [String(code), meaning]),
    )}\n\nand the [public errors](errors.md#public-errors).`,
    '**Example**',
    code('', action.example.request),
    code('json', action.example.response),
    ...others.map(([name, response]) => join([`${name}:`, code('json', response)])),
  ]);
}

function facts(action: Action): string[] {
  const methods = (action.methods ?? ['GET', 'POST']).join(' or ');
  return [
    action.protocol === 'upload' ? `${methods}, parameters in the query` : methods,
    action.rateLimitPerMinute === null
      ? 'no documented rate limit'
      : `documented rate limit ${action.rateLimitPerMinute} a minute`,
    ...(action.aliases.length === 0 ? [] : [`also called ${action.aliases.join(', ')}`]),
    ...(action.async ? ['answers before the work is done'] : []),
    ...(action.events.length === 0
      ? []
      : [`event ${action.events.map((name) => `[${name}](events.md#${name.toLowerCase()})`).join(', ')}`]),
  ];
}

function otherNames({ otherNames: names = {}, ignored = [] }: Action): string {
  const spelled = Object.entries(names).map(([other, name]) => `\`${other}\` for \`${name}\``);
  return join([
    spelled.length === 0 ? '' : `Also understood: ${spelled.join(', ')}.`,
    ignored.length === 0
      ? ''
      : `Accepted without effect: ${ignored.map((name) => `\`${name}\``).join(', ')}.`,
  ]);
}

type Names = (path: string, kind: 'array' | 'object') => string;
/** `tags.n`, `transcode.drm.definition` */
const parameterNames: Names = (path, kind) => (kind === 'array' ? `${path}.n` : `${path}.`);
/** `playSet[]`, `playSet[].url` */
const resultNames: Names = (path, kind) => (kind === 'array' ? `${path}[]` : `${path}.`);

function rows(type: Type, path: string, names: Names): string[][] {
  if (type.kind === 'union') return distinct(type.options.flatMap((option) => rows(option, path, names)));
  if (type.kind !== 'object') return [];
  const prefix = path === '' ? '' : names(path, 'object');
  return type.fields.flatMap((field) => fieldRows(field, prefix + field.name, names));
}

function fieldRows(field: Field, path: string, names: Names): string[][] {
  const list = field.type.kind === 'array';
  const type = field.type.kind === 'array' ? field.type.element : field.type;
  const name = list ? names(path, 'array') : path;
  const means = [meaning(field, type), definitionsLink(field.name, type)].filter((part) => part !== '');
  const row = [`\`${name}\``, typeName(type, list), field.required ? 'yes' : 'no', means.join(' ')];
  return [row, ...rows(type, name, names)];
}

/** What a number stands for is told in one place. */
function definitionsLink(name: string, type: Type): string {
  return type.kind === 'integer' && /^(definition|\w+Definition)$/.test(name)
    ? 'See [definitions](../definitions.md).'
    : '';
}

/** Forms of a union share fields; each is shown once. */
function distinct(fields: string[][]): string[][] {
  return fields.filter(([name], index) => fields.findIndex(([other]) => other === name) === index);
}

function typeName(type: Type, list: boolean): string {
  const names: Record<Type['kind'], string> = {
    text: 'String',
    integer: 'Integer',
    number: 'Float',
    flag: 'Integer',
    time: 'String',
    array: 'Array',
    object: 'Object',
    union: 'Object',
    null: 'null',
    map: 'Object',
    reference: 'Object',
  };
  return list ? `Array of ${names[type.kind]}` : names[type.kind];
}

function meaning({ description, default: value }: Field, type: Type): string {
  return [description, valuesOf(type), defaultOf(value, type)].filter((part) => part !== '').join(' ');
}

function valuesOf(type: Type): string {
  if (type.kind === 'flag') return '0 or 1.';
  if (type.kind === 'reference') return `Again ${type.name}, recursively.`;
  if (type.kind !== 'text' && type.kind !== 'integer') return '';
  if (type.values?.length === 1) return `Always ${type.values[0]}.`;
  if (type.values !== undefined) return `One of ${type.values.join(', ')}.`;
  if (type.kind === 'text') return type.max === undefined ? '' : `At most ${type.max} characters.`;
  if (type.min !== undefined && type.max !== undefined) return `From ${type.min} to ${type.max}.`;
  if (type.min !== undefined) return `At least ${type.min}.`;
  return type.max === undefined ? '' : `At most ${type.max}.`;
}

function defaultOf(value: Field['default'], type: Type): string {
  if (value === undefined) return '';
  if (type.kind === 'time' && typeof value === 'number') return `Default ${formatDateTime(value)}.`;
  return `Default ${typeof value === 'boolean' ? Number(value) : value}.`;
}

function fieldTable(title: 'Parameters' | 'Result' | 'Result, one form' | 'Data', body: string[][]): string {
  if (body.length === 0) return `**${title}**: none.`;
  return `**${title}**\n\n${table(['Name', 'Type', title === 'Parameters' ? 'Required' : 'Always', 'Meaning'], body)}`;
}

function code(language: string, content: unknown): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Blocks of a page, empty ones left out. */
function join(blocks: readonly string[]): string {
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** A whole page of such blocks. */
export function page(blocks: readonly string[]): string {
  return `${join(blocks)}\n`;
}
