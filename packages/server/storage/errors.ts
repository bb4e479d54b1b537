import { OutageError } from '../common/faults/outage.ts';

/** What every store throws on purpose. Anything else it throws is an accident of the disk or the network. */
export class NotFoundError extends Error {
  override name = 'NotFoundError';
}

/** The store is full (or over quota): the same call succeeds once there is room. */
export class NoSpaceError extends OutageError {
  override name = 'NoSpaceError';

  constructor(message?: string, options?: ErrorOptions) {
    super('space', message, options);
  }
}

/** The store does not answer, refuses the operator's account, or its disk fails: the same call succeeds once it is back. */
export class StoreAwayError extends OutageError {
  override name = 'StoreAwayError';

  constructor(message?: string, options?: ErrorOptions) {
    super('storage', message, options);
  }
}

/** A part had fewer or more bytes than announced, or the parts do not cover the object without gap or overlap. */
export class PartSizeError extends Error {
  override name = 'PartSizeError';
}

/** Not a key, prefix or assembly id; see `keys.ts` for what is. */
export class InvalidKeyError extends Error {
  override name = 'InvalidKeyError';
}

/** The first byte asked for lies behind the object's last. */
export class UnsatisfiableRangeError extends Error {
  override name = 'UnsatisfiableRangeError';
}

/** The assembly was completed or discarded while the part was being written. */
export class AssemblyClosedError extends Error {
  override name = 'AssemblyClosedError';
}
