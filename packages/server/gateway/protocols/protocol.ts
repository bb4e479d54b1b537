import type { IncomingMessage } from 'node:http';
import type { Accounts } from '../../accounts/index.ts';
import type { Call } from '../../common/call.ts';
import type { Refused } from '../../common/faults/refused.ts';
import type { Form } from '../parameters/form.ts';

/** A request as far as it is known before its body is read. */
export interface Head {
  request: IncomingMessage;
  method: 'GET' | 'POST';
  /** As the client addressed it, with its port. */
  host: string;
  /** Path of the address, without the query. */
  path: string;
  query: Form;
}

/** A call as a protocol has read it; nothing of it is believed yet. */
export interface ReadCall {
  /** Name of the action, one that the service knows. */
  action: string;
  /** Calls per minute and account that are documented; null where none are. */
  rateLimitPerMinute: number | null;
  /** The sub-application that is meant, as the client wrote it. */
  application: string | undefined;
  /** Answers it. @throws Refused, first of all for parameters that are missing or malformed */
  run(call: Call): Promise<object>;
}

/** Who sent a call, and what makes it this very call. */
export interface Caller {
  accountId: string;
  /** The application that the key belongs to. */
  keyAppId: string;
  secretId: string;
  /** In its one valid spelling. */
  signature: string;
  /** When the client says to have signed it, ms since the epoch. */
  issuedAt: number;
  /** When a permission that was given in advance ends, ms since the epoch; absent for a call that was signed to be sent. */
  expiresAt?: number;
}

/** An answer as it is sent. */
export interface Answer {
  /** For metrics and logs. */
  code: number;
  /** ASCII only. */
  json: string;
}

/** How calls of one kind are read, proved, refused and answered. The pipeline knows nothing else of them. */
export interface Protocol<C extends ReadCall = ReadCall> {
  /** For logs. */
  name: string;
  /** Whether a request is a call of this kind; of several protocols the first that says so has it. */
  claims(head: Head): boolean;
  /** @throws Refused; BodyError when a form does not arrive */
  read(head: Head): Promise<C>;
  /** Says whose call it is. @throws Refused when nobody's */
  prove(call: C, accounts: Accounts): Promise<Caller>;
  /** Whether the same call may come twice: clients repeat it, and it does no harm. */
  repeatable: boolean;
  /** Whether the body is for the action to read, as a stream. */
  streams: boolean;
  answer(result: object): Answer;
  /** `call` is null when it could not even be read. */
  refuse(refused: Refused, call: C | null): Answer;
}
