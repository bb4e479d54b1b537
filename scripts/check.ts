/**
 * `npm run check [-- --fix]`: types, lint and format, dead code, house rules, generated files. `--fix` mends what a program can mend:
 * format, the order of imports, generated files.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { fix: { type: 'boolean', default: false } } });

const steps: [name: string, command: string, ...args: string[]][] = [
  ['types', 'tsc', '-p', '.'],
  ['generated files', 'node', 'scripts/generate.ts', ...(values.fix ? [] : ['--check'])],
  ['OpenAPI file', 'redocly', 'lint', 'docs/api/openapi.json'],
  ['lint and format', 'biome', 'check', ...(values.fix ? ['--write'] : [])],
  ['dead code', 'knip'],
  ['code that only tests use', 'knip', '--production'],
  ['house rules', 'node', 'scripts/house-rules.ts'],
];

// A linter needs to tell nobody that it ran, nor to ask for news of itself.
Object.assign(process.env, { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' });

const failed = steps.filter(([name, command, ...args]) => {
  console.log(`— ${name}`);
  return spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) {
  console.error(`failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exit(1);
}
