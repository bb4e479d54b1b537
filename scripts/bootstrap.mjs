// Gets a fresh clone ready and runs one script in it. Uses nothing but Node (20 or newer) and what Debian brings,
// because it runs before anything is installed.
//
//   node scripts/bootstrap.mjs [--needs=ffmpeg,postgres,chromium] [script.ts [arguments…]]
//
// The script runs on the Node that package.json pins (the npm package `node`), not on the machine's. It gets the signals
// that come here, and this process ends as it does. npm runs its scripts below a shell that would keep signals for
// itself; the scripts in package.json begin with `exec`, which puts this process in the shell's place.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const pinnedNode = path.join(root, 'node_modules/.bin/node');
const stamp = path.join(root, 'node_modules/.openvod-installed');
// How the service wants its Node; other scripts do not mind.
const flags = JSON.parse(readFileSync(path.join(root, 'packages/server/node-flags.json'), 'utf8'));

/** Programs that npm cannot bring: how to find them, and the Debian packages that hold them. */
const programs = {
  ffmpeg: { found: () => onPath('ffmpeg') && onPath('ffprobe'), packages: ['ffmpeg'], required: true },
  postgres: {
    found: () => onPath('postgres') || debianPostgres(),
    packages: ['postgresql'],
    required: false,
  },
  chromium: {
    found: () => onPath('chromium') || onPath('google-chrome'),
    packages: ['chromium'],
    required: false,
  },
};

function onPath(name) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(path.join(folder, name)));
}

function debianPostgres() {
  const base = '/usr/lib/postgresql';
  return existsSync(base) && readdirSync(base).some((version) => existsSync(`${base}/${version}/bin/initdb`));
}

function say(text) {
  process.stderr.write(`openvod: ${text}\n`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    // apt tells of every package that it unpacks; what goes wrong it says on standard error.
    stdio: ['ignore', command === 'apt-get' ? 'ignore' : 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error) throw error;
  return status === 0;
}

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(pinnedNode)) return;
  say('installing npm packages…');
  if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
    say('npm ci failed; its words are above.');
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

function installPrograms(names) {
  const missing = names.filter((name) => !programs[name].found());
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.flatMap((name) => programs[name].packages).join(' ')}`;
  if (onPath('apt-get') && process.getuid?.() === 0) {
    say(`${missing.join(', ')} not found; running: ${command}`);
    if (!run('apt-get', ['update', '-qq'])) say('apt-get update failed; trying with the lists at hand');
    const [program, ...args] = command.split(' ');
    run(program, ['-qq', ...args]);
  } else {
    say(`${missing.join(', ')} not found. On Debian or Ubuntu: sudo ${command}`);
  }
  const lost = names.filter((name) => programs[name].required && !programs[name].found());
  if (lost.length > 0) {
    say(`cannot go on without ${lost.join(', ')}.`);
    process.exit(1);
  }
}

function runScript(args) {
  const child = spawn(pinnedNode, [...flags, ...args], {
    cwd: root,
    stdio: 'inherit',
    // Sources are compiled once, not at every start: that is half of the time that a start takes.
    env: { NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node'), ...process.env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

const args = process.argv.slice(2);
const needs = args[0]?.startsWith('--needs=') ? args.shift().slice('--needs='.length).split(',') : [];
installPackages();
installPrograms(needs);
if (args.length > 0) runScript(args);
