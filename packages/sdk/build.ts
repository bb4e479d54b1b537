/** Builds `dist/`: the library and the command as plain JavaScript for Node 20, with their types and without dependencies. */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
await rm(path.join(here, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: { index: 'src/index.ts', command: 'src/command/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // Resolved where it is installed, if it is: the SDK does not contain the server.
  external: ['@openvod/server'],
});
const types = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: here, stdio: 'inherit' });
process.exitCode = types.status ?? 1;
