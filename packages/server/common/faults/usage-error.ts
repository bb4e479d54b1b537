/** A command line makes no sense; the message says what would. */
export class UsageError extends Error {
  override name = 'UsageError';
}
