import {
  LONGEST_PERMIT_MS,
  type Pair,
  readPermit,
  type UploadPermit,
  verifyPermit,
} from '@openvod/contract/v2';
import type { Accounts } from '../../../accounts/index.ts';
import { Refused } from '../../../common/faults/refused.ts';
import type { Form } from '../../parameters/form.ts';
import type { Caller } from '../protocol.ts';

/** What only the device knows, and may say; everything else comes from the signature alone. */
const OF_DEVICE = new Set(['Action', 'action', 'fileSize', 'dataSize', 'offset', 'dataMd5']);
/** What it may say where the signature does not. */
const ELSE_OF_DEVICE = new Set(['fileName', 'fileType']);

/**
 * The upload signature of a call (docs/wire/client-uploads.md, Generation 1), and the call's parameters as it has them.
 * @throws Refused `call.common`, `call.signature` for what is none
 */
export function readPermitted({ pairs, broken }: Form): { permit: UploadPermit; form: Form } {
  const signature = pairs.findLast(([name]) => name === 'Signature' || name === 'signature')?.[1];
  if (!signature) throw new Refused('call.common', 'Signature is required');
  const permit = readPermit(signature);
  if (permit === null) throw new Refused('call.signature', 'Signature is no upload signature');
  const said = new Set(permit.parameters.map(([name]) => name));
  const ofDevice = pairs.filter(
    ([name]) => OF_DEVICE.has(name) || (ELSE_OF_DEVICE.has(name) && !said.has(name)),
  );
  const form = { pairs: [...ofDevice, ...permit.parameters] as Pair[], broken };
  return { permit, form };
}

/**
 * Says whose permission it is.
 * @throws Refused `call.secretId`, `call.signature`
 */
export async function provePermit(permit: UploadPermit, accounts: Accounts): Promise<Caller> {
  const { secretId, issuedAt, expiresAt } = permit;
  const key = await accounts.findKey(secretId);
  if (!key) throw new Refused('call.secretId', 's of the signature: the SecretId does not exist');
  if (key.disabled) throw new Refused('call.secretId', 's of the signature: the SecretId is disabled');
  if (!verifyPermit(permit, key.secretKey)) throw new Refused('call.signature', 'Signature is wrong');
  if (expiresAt - issuedAt > LONGEST_PERMIT_MS) {
    throw new Refused('call.signature', 'e of the signature: at most 90 days after t');
  }
  const about = { accountId: key.accountId, keyAppId: key.appId, secretId };
  return { ...about, signature: permit.hash.toString('base64'), issuedAt, expiresAt };
}
