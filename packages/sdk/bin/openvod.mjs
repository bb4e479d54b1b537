#!/usr/bin/env node
// The built command where there is one (as installed from the registry), else the sources (in a clone, on Node 24).
import { existsSync } from 'node:fs';

const built = new URL('../dist/command.js', import.meta.url);
await import(existsSync(built) ? built : new URL('../src/command/main.ts', import.meta.url));
