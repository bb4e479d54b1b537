#!/usr/bin/env node
// The built command where there is one (as installed from the registry), else the sources (in a clone, on Node 24).
import { existsSync } from 'node:fs';

const built = new URL('../dist/command.js', import.meta.url);
if (existsSync(built)) {
  await import(built);
} else if (process.features.typescript) {
  await import(new URL('../src/command/main.ts', import.meta.url));
} else {
  process.stderr.write(
    `openvod: in a clone it needs Node 24, not ${process.version}; "npx openvod" takes the one that came with it\n`,
  );
  process.exitCode = 1;
}
