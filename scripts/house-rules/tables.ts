import { FREE } from '../places.ts';

const SCHEMA = /^packages\/server\/database\/schema\/([a-z]+)\.ts$/;
const QUERY = /(?:selectFrom|insertInto|updateTable|deleteFrom|(?:inner|left)Join)\(\s*['"]([a-z_]+)/g;

/** A room owns its tables: a query that names another room's table is trespass. `sources` are texts by path. */
export function tableViolations(sources: ReadonlyMap<string, string>): string[] {
  const owners = new Map<string, string>();
  for (const [file, text] of sources) {
    const room = SCHEMA.exec(file)?.[1];
    if (room) for (const [, table] of text.matchAll(/^ {2}([a-z_]+): [A-Z]/gm)) owners.set(table!, room);
  }
  return [...sources].flatMap(([file, text]) => {
    const [, home, room] = file.split('/');
    if (home !== 'server' || room === 'database' || FREE.test(file)) return [];
    return [...text.matchAll(QUERY)].flatMap(([, table]) => {
      const owner = owners.get(table!);
      return owner && owner !== room ? [`${file}: table ${table} belongs to room ${owner}`] : [];
    });
  });
}
