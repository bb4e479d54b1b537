/**
 * `npm run new-action <group> <Name>`: writes an action's contract, handler and test from templates that hold together, generates what
 * follows from them, and says what is left to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { filesOf, handlerName } from './new-action/templates.ts';
import { CONTRACT, HANDLERS, ROOMS } from './places.ts';

const [group = '', name = ''] = process.argv.slice(2);
const room = ROOMS[group];
if (!room) fail(`the group must be one of ${Object.keys(ROOMS).join(', ')}`);
if (!/^[A-Z][A-Za-z0-9]+$/.test(name)) fail('the name must be written as on the wire, such as ClipVideo');
const files = filesOf(group, name, room);
for (const file of files.keys()) if (existsSync(file)) fail(`${file} is there already`);

for (const [file, text] of files) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${file}`);
}
await offer();
const { status } = spawnSync(process.execPath, ['scripts/generate.ts'], { stdio: 'inherit' });
if (status !== 0) fail('npm run generate failed; its words are above');
console.log(`
What is left to do:
1. Say in ${CONTRACT.folder}/actions/${group}/${name}.ts what goes over the wire; its example is a test.
2. Make packages/server/${room}/${HANDLERS}/${name}.ts call what the room can do, and its test say so.
3. Unless packages/server/${room} lists the folder of its handlers, add ${handlerName(name)}() to its list, with what it needs.
4. npm run generate, a line in CHANGELOG.md, npm run check, npm test -- ${name} contract`);

/** Takes the name out of the list of those that are not offered. */
async function offer(): Promise<void> {
  const file = `${CONTRACT.folder}/actions/not-offered.ts`;
  const text = await readFile(file, 'utf8').catch(() => '');
  const rest = text.replace(new RegExp(`^ +'${name}',\n`, 'm'), '');
  if (rest === text) return;
  await writeFile(file, rest);
  console.log(`${name} is offered now: taken out of ${file}`);
}

function fail(message: string): never {
  console.error(`npm run new-action <group> <Name>: ${message}`);
  process.exit(1);
}
