/** `npm run check`: types, lint and format, dead code, house rules, generated files. */
import { spawnSync } from 'node:child_process';

const steps: [name: string, command: string, ...args: string[]][] = [
  ['types', 'tsc', '-p', '.'],
  ['lint and format', 'biome', 'check'],
  ['dead code', 'knip'],
  ['house rules', 'node', 'scripts/house-rules.ts'],
  ['generated files', 'node', 'scripts/generate.ts', '--check'],
];

const failed = steps.filter(([name, command, ...args]) => {
  console.log(`— ${name}`);
  return spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) {
  console.error(`failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exit(1);
}
