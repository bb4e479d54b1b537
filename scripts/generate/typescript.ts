import { ACTIONS, type Action } from '../../packages/contract/v2/index.ts';
import { type Field, type Type, typeOf } from './model.ts';

const HEADER = `// Generated from packages/contract by scripts/generate.ts. Do not edit: change the contract and run \`npm run generate\`.\n`;

/** `packages/sdk/src/generated/actions.ts`: plain interfaces of parameters and results, and a table of the actions. */
export function sdkInterfaces(): string {
  return `${[
    HEADER,
    ...ACTIONS.flatMap(interfacesOf),
    'export interface ActionMap {',
    ...ACTIONS.map(({ name }) => `  ${name}: { params: ${name}Params; result: ${name}Result };`),
    '}\n',
    'export type ActionName = keyof ActionMap;\n',
    '/** What there is to know of an action to call it. */',
    'export interface ActionFacts {',
    '  /** `text`: parameters in query or form; `upload`: in the query, beside a raw body. */',
    "  protocol: 'text' | 'upload' | 'ugc';",
    '  /** Whether sending it again, without an answer to the first, can do no harm. */',
    '  repeatable: boolean;',
    '  /** Codes that mean success. */',
    '  successCodes: readonly number[];',
    '}\n',
    'export const ACTIONS: { readonly [N in ActionName]: ActionFacts } = {',
    ...ACTIONS.map(
      ({ name, protocol, repeatable = true, successCodes = [0] }) =>
        `  ${name}: { protocol: '${protocol}', repeatable: ${repeatable}, successCodes: [${successCodes.join(', ')}] },`,
    ),
    '};',
  ].join('\n')}\n`;
}

function interfacesOf(action: Action): string[] {
  const params = typeOf(action.params);
  const result = typeOf(action.result);
  return [
    ...namedTypes(params),
    ...namedTypes(result),
    declaration(`${action.name}Params`, params, `Parameters of ${action.name}. ${action.summary}`),
    declaration(`${action.name}Result`, result, `What ${action.name} answers.`),
  ];
}

/** Objects with a name of their own are declared apart; they may contain themselves. */
function namedTypes(type: Type): string[] {
  switch (type.kind) {
    case 'array':
      return namedTypes(type.element);
    case 'union':
      return type.options.flatMap(namedTypes);
    case 'object': {
      const inner = type.fields.flatMap((field) => namedTypes(field.type));
      if (type.name === undefined) return inner;
      return [...inner, declaration(type.name, { kind: 'object', fields: type.fields }, '')];
    }
    default:
      return [];
  }
}

function declaration(name: string, type: Type, description: string): string {
  const head = comment(description, '');
  if (type.kind !== 'object') return `${head}export type ${name} =\n  ${typeText(type, '  ')};\n`;
  if (type.fields.length === 0) return `${head}export type ${name} = Record<never, never>;\n`;
  return `${head}export interface ${name} ${typeText(type, '')}\n`;
}

function typeText(type: Type, indent: string): string {
  switch (type.kind) {
    case 'text':
      return type.values?.map((value) => `'${value}'`).join(' | ') ?? 'string';
    case 'integer':
      return type.values?.join(' | ') ?? 'number';
    case 'number':
      return 'number';
    case 'flag':
      return 'boolean';
    case 'time':
      return 'string';
    case 'null':
      return 'null';
    case 'map':
      return 'Record<string, unknown>';
    case 'reference':
      return type.name;
    case 'array':
      return `Array<${typeText(type.element, indent)}>`;
    case 'union':
      return type.options.map((option) => `| ${typeText(option, indent)}`).join(`\n${indent}`);
    case 'object':
      return (
        type.name ?? `{\n${type.fields.map((field) => fieldText(field, `${indent}  `)).join('')}${indent}}`
      );
  }
}

function fieldText(field: Field, indent: string): string {
  const note = [field.description, defaultNote(field)].filter((part) => part !== '').join(' ');
  const mark = field.required ? '' : '?';
  return `${comment(note, indent)}${indent}${field.name}${mark}: ${typeText(field.type, indent)};\n`;
}

function defaultNote({ default: value, type }: Field): string {
  return value === undefined || type.kind === 'time' ? '' : `Default ${value}.`;
}

function comment(text: string, indent: string): string {
  return text === '' ? '' : `${indent}/** ${text} */\n`;
}
