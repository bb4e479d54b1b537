import { parseArgs } from 'node:util';
import { CALL_OPTIONS, clientFor, printJson } from './connect.ts';
import { UsageError } from './usage.ts';

/** `openvod call Action name=value…`: names in wire notation, e.g. `tags.0=a`. */
export async function call(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: CALL_OPTIONS, allowPositionals: true });
  const [action, ...parameters] = positionals;
  if (!action) throw new UsageError('openvod call ACTION [name=value]…');
  const answer = await clientFor(values).callAny(action, parametersFrom(parameters), { signal });
  if (values.json) printJson(answer);
  else process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
}

/** `['fileId=1', 'tags.0=a']` → `{fileId: '1', 'tags.0': 'a'}`. Throws UsageError for a word without `=`. */
export function parametersFrom(words: string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new UsageError(`${word} is not of the form name=value`);
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}
