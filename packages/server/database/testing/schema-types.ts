import { glob, readFile } from 'node:fs/promises';
import { parseSync, type TSInterfaceDeclaration, type TSSignature, type TSType } from 'oxc-parser';

/** Where the types of the tables are: interfaces called `…Tables`, with one property a table. */
const SCHEMA = 'packages/server/*/tables.ts';

/** The columns of each table as the types name them, sorted; one that may be null has a question mark. */
export async function schemaTypes(): Promise<Map<string, string[]>> {
  const interfaces = new Map<string, TSInterfaceDeclaration>();
  for await (const file of glob(SCHEMA)) {
    const { program } = parseSync(file, await readFile(file, 'utf8'));
    for (const statement of program.body) {
      const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (declared?.type === 'TSInterfaceDeclaration') interfaces.set(declared.id.name, declared);
    }
  }
  const tables = [...interfaces].filter(([name]) => name.endsWith('Tables'));
  return new Map(
    tables.flatMap(([, { body }]) =>
      properties(body.body).map(([table, type]) => [table, columns(membersOf(type, interfaces))] as const),
    ),
  );
}

/** A table's columns are written in place or in an interface of their own. */
function membersOf(type: TSType, interfaces: ReadonlyMap<string, TSInterfaceDeclaration>): TSSignature[] {
  if (type.type === 'TSTypeLiteral') return type.members;
  const name = type.type === 'TSTypeReference' && 'name' in type.typeName ? type.typeName.name : '';
  const found = interfaces.get(name);
  if (!found) throw new Error(`the type of a table must be an interface of ${SCHEMA}: ${name || type.type}`);
  return found.body.body;
}

function columns(members: TSSignature[]): string[] {
  return properties(members)
    .map(([column, type]) => (mayBeNull(type) ? `${column}?` : column))
    .sort();
}

function mayBeNull(type: TSType): boolean {
  return type.type === 'TSUnionType' && type.types.some((option) => option.type === 'TSNullKeyword');
}

function properties(members: TSSignature[]): [name: string, type: TSType][] {
  return members.flatMap((member) =>
    member.type === 'TSPropertySignature' && member.key.type === 'Identifier' && member.typeAnnotation
      ? [[member.key.name, member.typeAnnotation.typeAnnotation] as [string, TSType]]
      : [],
  );
}
