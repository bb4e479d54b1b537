#!/usr/bin/env node
import { OpenVodError, OpenVodNetworkError } from '../errors.ts';
import { call } from './call.ts';
import { events } from './events.ts';
import { ls } from './ls.ts';
import { apps, keys, serve, settings } from './server.ts';
import { upload } from './upload.ts';
import { UsageError } from './usage.ts';

const USAGE = `openvod — self-hosted video on demand

  openvod serve                        the server, in the foreground
  openvod keys [list | create | disable ID | enable ID | delete ID] [--app ID]
                                       an application's keys (on the server's machine)
  openvod apps [list | create NAME | rename ID NAME | off ID | on ID]
                                       the account's applications (likewise)
  openvod settings [get NAME | set NAME=VALUE… | unset NAME] [--app ID]
                                       an application's settings (likewise)
  openvod upload FILE… [--name N] [--class ID] [--tag T]… [--transcode [--watermark]]
                                       [--procedure CALL] [--cover PICTURE]
  openvod ls [--class ID] [--limit N]  videos, newest first
  openvod call ACTION [name=value]…    any action, e.g. openvod call DescribeVodInfo pageSize=20
  openvod events [--follow]            prints events and confirms them

keys, apps and settings say more with --help.

Options of all commands that call the service:
  --url URL      default $OPENVOD_URL or http://127.0.0.1:8620
  --json         machine-readable output, one JSON value a line
Keys come from OPENVOD_SECRET_ID and OPENVOD_SECRET_KEY.

Exit codes: 0 done, 1 the service said no, 2 wrong usage, 3 no usable answer, 130 interrupted.
`;

const COMMANDS: Record<string, (args: string[], signal: AbortSignal) => Promise<void>> = {
  serve,
  keys,
  apps,
  settings,
  upload,
  ls,
  call,
  events,
};

/** Those that say more than there is room for here. */
const HELPS_ITSELF = new Set(['keys', 'apps', 'settings']);

/** Runs one command line and returns its exit code. */
async function main([name = '', ...args]: string[]): Promise<number> {
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(USAGE);
    return name === '' ? 2 : 0;
  }
  if (!HELPS_ITSELF.has(name) && args.some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  try {
    const command = COMMANDS[name];
    if (!command) throw new UsageError(`there is no command ${name}; try openvod help`);
    await command(args, stop.signal);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 130;
    process.stderr.write(`openvod: ${(error as Error).message}\n`);
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof OpenVodError) return 1;
  if (error instanceof OpenVodNetworkError) return 3;
  if (error instanceof UsageError) return 2;
  // parseArgs names what it did not understand.
  return (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}

process.exitCode = await main(process.argv.slice(2));
