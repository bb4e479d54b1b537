import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { registryFiles } from './generate/registries.ts';

/**
 * Writes what follows from something else: the index of each folder of actions or events from its files, `docs/api/` and the SDK's interfaces
 * from the contract, `docs/configuration.md` and `.env.example` from the settings.
 * `--check` writes nothing and exits 1 with the names of the files that differ.
 */

const root = path.resolve(import.meta.dirname, '..');

/** Every file of a step, formatted, by its path below the repository. */
export function registries(): Promise<Map<string, string>> {
  return registryFiles(root).then(formatted);
}

/** The same of what is made by the contract itself, which is loaded here because it needs its registries first. */
export async function contractPages(): Promise<Map<string, string>> {
  const { pages } = await import('./generate/pages.ts');
  return formatted(pages());
}

/** The files that are missing or not as they should be. */
export async function drifted(files: ReadonlyMap<string, string>): Promise<string[]> {
  const checks = [...files].map(async ([name, content]) => {
    const found = await readFile(path.join(root, name), 'utf8').catch(() => undefined);
    return found === content ? [] : [name];
  });
  return (await Promise.all(checks)).flat();
}

function formatted(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].map(([name, text]) => [name, asBiomeWants(path.basename(name), text)]));
}

/** The text as `biome format` wants it, so that a generated file passes the same check as all others. */
function asBiomeWants(name: string, text: string): string {
  if (!/\.(ts|json)$/.test(name)) return text;
  const biome = path.join(root, 'node_modules/.bin/biome');
  const run = spawnSync(biome, ['check', '--write', `--stdin-file-path=${name}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`biome could not format ${name}: ${run.stderr || run.error}`);
  return run.stdout;
}

if (import.meta.main) {
  const checks = process.argv.includes('--check');
  for (const step of [registries, contractPages]) {
    const files = await step();
    for (const name of await drifted(files)) {
      if (checks) {
        console.error(`${name} is not what npm run generate makes`);
        process.exitCode = 1;
      } else {
        const file = path.join(root, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, files.get(name) ?? '');
        console.log(`wrote ${name}`);
      }
    }
  }
}
