import { UsageError } from '../common/faults/usage-error.ts';
import type { ApiKey } from './types.ts';

/** What a command line asks for. */
export type KeysRequest =
  | { command: 'list' }
  | { command: 'create' }
  | { command: 'disable' | 'enable' | 'delete'; secretId: string };

/** @throws UsageError when the words make no sense */
export function keysRequest([command = 'list', secretId, ...more]: readonly string[]): KeysRequest {
  if (more.length > 0) throw new UsageError(`keys ${command}: ${more[0]} is one word too many`);
  switch (command) {
    case 'list':
    case 'create':
      if (secretId !== undefined)
        throw new UsageError(`keys ${command} takes no SecretId: did you mean --app?`);
      return { command };
    case 'disable':
    case 'enable':
    case 'delete':
      if (secretId === undefined)
        throw new UsageError(`keys ${command} which SecretId? keys list shows them`);
      return { command, secretId };
    default:
      throw new UsageError(`keys can list, create, disable, enable and delete, not ${command}`);
  }
}

/** One line for a person, or for a program; never with the secret. */
export function keyLine(key: ApiKey, json: boolean): string {
  const { appId, accountId, secretId, disabled } = key;
  const createdAt = new Date(key.createdAt).toISOString();
  const lastUsedAt = key.lastUsedAt === null ? null : new Date(key.lastUsedAt).toISOString();
  if (json) return JSON.stringify({ secretId, appId, accountId, disabled, createdAt, lastUsedAt });
  // To the hour: minutes would promise what is not known.
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.slice(0, 13)}h UTC`;
  return `${appId}  ${secretId}  ${disabled ? 'disabled' : 'enabled '}  created ${createdAt}  ${used}`;
}

export function keysUsage(): string {
  return `openvod keys [list | create | disable ID | enable ID | delete ID] [--app ID] [--json]

The keys of an application. Those of the main one act in all applications of the account; those of a sub-application, which --app
names, in no other. Each application can have two. The secret is shown once, when the key is made.

To change a key without a moment of none: create one, let the clients use it, see with list that the old one is not used any more (to
the hour), disable that (enable takes it back), delete it. A running server notices within 5 s.
`;
}
