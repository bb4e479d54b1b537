/** Why the body of a request could not be read; the message is for its client. */
export class BodyError extends Error {
  override name = 'BodyError';
  readonly reason: 'tooLarge' | 'tooSlow' | 'clientGone';

  constructor(reason: BodyError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
