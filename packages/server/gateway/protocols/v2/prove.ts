import {
  type CommonParameters,
  candidates,
  hostCandidates,
  type Pair,
  repairSignature,
  signatureMethodOf,
  verify,
} from '@openvod/contract/v2';
import type { Accounts } from '../../../accounts/index.ts';
import { Refused } from '../../../common/faults/refused.ts';
import type { Caller, Head } from '../protocol.ts';

/** What a signature is of. */
export interface Signed {
  head: Head;
  common: CommonParameters;
  pairs: readonly Pair[];
}

const REQUIRED = {
  timestamp: 'Timestamp',
  nonce: 'Nonce',
  secretId: 'SecretId',
  signature: 'Signature',
} as const;

/** From 13 digits on a Timestamp is in ms: the Node upload SDK sends those (docs/wire/calls.md, common parameters). */
const SMALLEST_MS_TIMESTAMP = 1e12;

/**
 * Says whose call it is: the common parameters are there, the key exists, the signature is right.
 * @param signedHosts hosts that the client may have signed beside the one it sends
 * @throws Refused `call.common`, `call.secretId`, `call.token`, `call.signature`, naming the parameter
 */
export async function prove(
  accounts: Accounts,
  signedHosts: readonly string[],
  { head, common, pairs }: Signed,
): Promise<Caller> {
  const { timestamp, nonce, secretId, signature } = requireCommon(common);
  if (!/^\d{1,13}$/.test(timestamp))
    throw new Refused('call.common', 'Timestamp must be a Unix time in seconds');
  // Kept as text: 19 digits do not fit a JavaScript number.
  if (!/^\d{1,20}$/.test(nonce)) throw new Refused('call.common', 'Nonce must be a positive integer');
  const key = await accounts.findKey(secretId);
  if (!key) throw new Refused('call.secretId', 'SecretId does not exist');
  if (key.disabled) throw new Refused('call.secretId', 'SecretId is disabled');
  if (common.token) throw new Refused('call.token', 'Token is wrong: there are no temporary keys');
  const repaired = repairSignature(signature);
  const call = { method: head.method, path: head.path, pairs };
  const [received = '', ...others] = hostCandidates(head.host, signedHosts);
  const method = signatureMethodOf(common.signatureMethod);
  // Nearly every client signs the host that it sends, so the others are only spelled out when that one fails.
  const verified =
    verify(key.secretKey, repaired, method, candidates([received], call)) ||
    verify(key.secretKey, repaired, method, candidates(others, call));
  if (!verified) {
    const message = `Signature is wrong for ${head.method} ${head.host}${head.path} with ${method}`;
    throw new Refused('call.signature', message);
  }
  const time = Number(timestamp);
  const issuedAt = time >= SMALLEST_MS_TIMESTAMP ? time : time * 1000;
  return { accountId: key.accountId, keyAppId: key.appId, secretId, signature: repaired, issuedAt };
}

type Required = Record<keyof typeof REQUIRED, string>;

function requireCommon(common: CommonParameters): Required {
  const missing = Object.entries(REQUIRED).filter(([key]) => !common[key as keyof Required]);
  if (missing.length > 0) {
    const names = missing.map(([, name]) => name).join(', ');
    throw new Refused('call.common', `${names} ${missing.length > 1 ? 'are' : 'is'} required`);
  }
  return common as Required;
}
