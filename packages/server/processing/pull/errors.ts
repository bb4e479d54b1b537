/** Why a file could not be pulled, as flows keep it. */
export type PullFault =
  /** Not to be had from its address: refused, not there, silent, broken off again and again. */
  | 'pull.source'
  /** Not what was announced: another MD5. */
  | 'pull.content'
  /** Larger than is taken. */
  | 'pull.size'
  /** It took longer than a pull may. */
  | 'pull.time';

/** A pull that another try would not help. The message is for the caller: what is wrong, in words. */
export class PullError extends Error {
  override name = 'PullError';
  readonly kind: PullFault;

  constructor(kind: PullFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
