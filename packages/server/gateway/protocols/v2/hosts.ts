import { HOSTS, type ProtocolName } from '@openvod/contract/v2';
import { Refused } from '../../../common/faults/refused.ts';
import type { Head } from '../protocol.ts';

/** The path of the API; the others that clients use are the same (docs/wire/calls.md, paths). */
const PATH = '/v2/index.php';

/**
 * Refuses a call that came to one of the original's hosts that did not serve it, or to the path of the generation before.
 * Any other host serves every action.
 * @throws Refused `call.host`, naming the right one
 */
export function checkPlace({ host, path }: Head, action: string, protocol: ProtocolName): void {
  if (path.startsWith('/v1/')) {
    throw new Refused('call.host', `${path} is not the path of this API: it is ${PATH}`);
  }
  const right = rightHost(host, protocol);
  if (right) throw new Refused('call.host', `${action} is served at ${right}, not at ${host}`);
}

function rightHost(host: string, protocol: ProtocolName): string | null {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const known = HOSTS.find((one) => one.name === name);
  if (!known || known.protocols.includes(protocol)) return null;
  return HOSTS.find((one) => one.protocols.includes(protocol))?.name ?? null;
}
