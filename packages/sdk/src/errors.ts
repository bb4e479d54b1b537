/** The service answered, and the answer is no. */
export class OpenVodError extends Error {
  override name = 'OpenVodError';
  readonly action: string;
  /** As the reference lists it, e.g. 10008. */
  readonly code: number;
  readonly codeDesc: string;
  /** Upload calls: the same call may be sent again. */
  readonly canRetry: boolean;

  constructor(
    action: string,
    answer: { code: number; message?: string; codeDesc?: string; canRetry?: number },
  ) {
    super(`${action}: ${answer.message || answer.codeDesc || 'failed'} (${answer.code})`);
    this.action = action;
    this.code = answer.code;
    this.codeDesc = answer.codeDesc ?? '';
    this.canRetry = answer.canRetry === 1;
  }
}

/** No usable answer came: no connection, time-out, or something that is not the API's JSON. */
export class OpenVodNetworkError extends Error {
  override name = 'OpenVodNetworkError';
  readonly action: string;
  /** True when the request certainly never reached the service, so that repeating it is safe whatever it does. */
  readonly neverSent: boolean;
  /**
   * `away`: the service is not there at the moment, as while it is restarted. `lasting`: asking again changes nothing, such as a
   * certificate that is not trusted or an address that is not of a service. `unclear`: anything else.
   */
  readonly kind: 'away' | 'lasting' | 'unclear';

  constructor(
    action: string,
    message: string,
    options: { neverSent?: boolean; kind?: OpenVodNetworkError['kind']; cause?: unknown } = {},
  ) {
    super(`${action}: ${message}`, { cause: options.cause });
    this.action = action;
    this.neverSent = options.neverSent ?? false;
    this.kind = options.kind ?? 'unclear';
  }
}
