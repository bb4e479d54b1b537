import { Refused } from './faults/refused.ts';

/**
 * Text for a name, without what neither database nor screen can hold.
 * @throws Refused `parameter.refused` for control characters
 */
export function checkedText(field: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)) {
    throw new Refused('parameter.refused', 'must not contain control characters', { field });
  }
  return value.toWellFormed();
}
