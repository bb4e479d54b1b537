/**
 * Posts JSON and waits for an answer, of which neither status nor body matters (contract/events/_overview.yaml,
 * httpCallback); redirections are not followed. Resolves to null, or to a word on why no answer came.
 */
export async function post(
  url: string,
  json: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string | null> {
  const address = new URL(url);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (address.username || address.password) {
    // Fetch refuses addresses with a password in them.
    const secret = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
    headers.authorization = `Basic ${Buffer.from(secret).toString('base64')}`;
    address.username = '';
    address.password = '';
  }
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers,
      body: json,
      redirect: 'manual',
      signal: AbortSignal.any([timeout, signal]),
    });
    // Not read: a receiver could send without end.
    await response.body?.cancel();
    return null;
  } catch (error) {
    if (timeout.aborted) return `no answer in ${timeoutMs} ms`;
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    // Only the code: messages can repeat the address.
    return String((cause as { code?: unknown })?.code ?? 'connection failed');
  }
}
