import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GROUPS } from '../packages/contract/index.ts';
import { configurationPage, envExample } from './generate/configuration.ts';
import { errorsPage } from './generate/errors-page.ts';
import { eventsPage, groupPage, indexPage } from './generate/markdown.ts';
import { openApi } from './generate/openapi.ts';
import { sdkInterfaces } from './generate/typescript.ts';

/**
 * Writes what follows from the contract, `docs/api/` and the SDK's interfaces, and from the settings, `docs/configuration.md` and `.env.example`.
 * `--check` writes nothing and exits 1 with the names of the files that differ.
 */

const root = path.resolve(import.meta.dirname, '..');

/** Every generated file by its path below the repository. */
export function generate(): Map<string, string> {
  const files: [string, string][] = [
    ['docs/api/README.md', indexPage()],
    ...GROUPS.map((group): [string, string] => [`docs/api/${group}.md`, groupPage(group)]),
    ['docs/api/events.md', eventsPage()],
    ['docs/api/errors.md', errorsPage()],
    ['docs/api/openapi.json', JSON.stringify(openApi(), null, 2)],
    ['docs/configuration.md', configurationPage()],
    ['.env.example', envExample()],
    ['packages/sdk/src/generated/actions.ts', sdkInterfaces()],
  ];
  return new Map(files.map(([name, text]) => [name, formatted(path.basename(name), text)]));
}

/** The files that are missing or not as they should be. */
export async function drifted(files: ReadonlyMap<string, string>): Promise<string[]> {
  const checks = [...files].map(async ([name, content]) => {
    const found = await readFile(path.join(root, name), 'utf8').catch(() => undefined);
    return found === content ? [] : [name];
  });
  return (await Promise.all(checks)).flat();
}

/** The text as `biome format` wants it, so that a generated file passes the same check as all others. */
function formatted(name: string, text: string): string {
  if (!/\.(ts|json)$/.test(name)) return text;
  const biome = path.join(root, 'node_modules/.bin/biome');
  const run = spawnSync(biome, ['format', `--stdin-file-path=${name}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`biome could not format ${name}: ${run.stderr || run.error}`);
  return run.stdout;
}

if (import.meta.main) {
  const files = generate();
  const names = await drifted(files);
  if (process.argv.includes('--check')) {
    for (const name of names)
      console.error(`${name} does not follow from the contract: run npm run generate`);
    process.exitCode = names.length === 0 ? 0 : 1;
  } else {
    for (const name of names) {
      const file = path.join(root, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, files.get(name) ?? '');
      console.log(`wrote ${name}`);
    }
  }
}
