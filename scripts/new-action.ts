/**
 * `npm run new-action <group> <Name>`: writes an action's contract, handler and test from templates that hold together, generates what
 * follows from them, and says what is left to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { filesOf, handlerName } from './new-action/templates.ts';
import { CONTRACT, HANDLERS, ROOMS } from './places.ts';

const [group = '', name = ''] = process.argv.slice(2);
const room = ROOMS[group];
if (!room) fail(`the group must be one of ${Object.keys(ROOMS).join(', ')}`);
if (!/^[A-Z][A-Za-z0-9]+$/.test(name)) fail('the name must be written as on the wire, such as ClipVideo');
const files = filesOf(group, name, room);
const planned = await plannedFile();
for (const file of files.keys()) {
  if (existsSync(file) && file !== planned) fail(`${file} is there already`);
}
if (planned !== null) {
  await rm(planned);
  console.log(`${name} is offered now: ${planned} planned it only`);
}

for (const [file, text] of files) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${file}`);
}
const { status } = spawnSync(process.execPath, ['scripts/generate.ts'], { stdio: 'inherit' });
if (status !== 0) fail('npm run generate failed; its words are above');
console.log(`
What is left to do:
1. Say in ${CONTRACT.folder}/actions/${group}/${name}.ts what goes over the wire; its example is a test.
2. Make packages/server/${room}/${HANDLERS}/${name}.ts call what the room can do, and its test say so.
3. What it needs of the room is a parameter of ${handlerName(name)}(): see the others in that folder.
4. npm run generate, a line in CHANGELOG.md, npm run check, npm test -- ${name} contract`);

/** Where the action stands so far as one that is only planned, in whatever group; null for nowhere. */
async function plannedFile(): Promise<string | null> {
  for await (const file of glob(`${CONTRACT.folder}/actions/*/${name}.ts`)) {
    if ((await readFile(file, 'utf8')).includes('planAction(')) return file;
  }
  return null;
}

function fail(message: string): never {
  console.error(`npm run new-action <group> <Name>: ${message}`);
  process.exit(1);
}
