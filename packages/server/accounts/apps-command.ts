import { UsageError } from '../common/faults/usage-error.ts';
import type { Application } from './types.ts';

/** What a command line asks for. */
export type AppsRequest =
  | { command: 'list' }
  | { command: 'create'; name: string }
  | { command: 'rename'; appId: string; name: string }
  | { command: 'off' | 'on'; appId: string };

/** @throws UsageError when the words make no sense */
export function appsRequest(words: readonly string[]): AppsRequest {
  const [command = 'list', ...given] = words;
  const take = (...names: string[]) => {
    if (given.length !== names.length) {
      throw new UsageError(`it is: openvod apps ${[command, ...names].join(' ')}`);
    }
    return given as [string, string];
  };
  switch (command) {
    case 'list':
      take();
      return { command };
    case 'create':
      return { command, name: take('NAME')[0] };
    case 'rename': {
      const [appId, name] = take('ID', 'NAME');
      return { command, appId, name };
    }
    case 'off':
    case 'on':
      return { command, appId: take('ID')[0] };
    default:
      throw new UsageError(`apps can list, create, rename and be switched off or on, not ${command}`);
  }
}

/** What an application has, beside the most that it may have; null for no limit. */
export interface Usage {
  videos: number;
  /** Bytes of all that its videos have. */
  bytes: number;
  maxBytes: number | null;
  /** Those that have not ended. */
  tasks: number;
  maxTasks: number | null;
  maxCallsPerSecond: number | null;
}

/** One line for a person, or for a program. */
export function applicationLine(application: Application, usage: Usage, json: boolean): string {
  const { appId, accountId, name, switchedOff } = application;
  const createdAt = new Date(application.createdAt).toISOString();
  if (json) return JSON.stringify({ appId, accountId, name, switchedOff, createdAt, ...usage });
  const of = (limit: string | number | null) => (limit === null ? '' : ` of ${limit}`);
  return [
    appId,
    switchedOff ? 'off' : 'on ',
    name,
    `${usage.videos} videos`,
    `${mebibytes(usage.bytes)}${of(usage.maxBytes === null ? null : mebibytes(usage.maxBytes))} MiB`,
    `${usage.tasks}${of(usage.maxTasks)} tasks`,
    ...(usage.maxCallsPerSecond === null ? [] : [`at most ${usage.maxCallsPerSecond} calls a second`]),
  ].join('  ');
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}

export function appsUsage(): string {
  return `openvod apps [list | create NAME | rename ID NAME | off ID | on ID] [--json]

The account's applications: the main one and its sub-applications, with what they hold and may hold. What they may is set with
openvod settings set quota.callsPerSecond=… quota.storageMiB=… quota.tasks=… --app ID.

Switched off, a sub-application's calls and its playback are refused; what it has stays, and tasks that were accepted go on to
their end. A running server notices within 5 s.
`;
}
