import { ACTION_ERRORS, ApiError } from '@openvod/contract/v2';

/**
 * Text for a name, without what neither database nor screen can hold.
 * @throws ApiError 1000, naming the parameter, for control characters
 */
export function checkedText(parameter: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)) {
    throw new ApiError(
      ACTION_ERRORS.invalidParameter,
      `parameter ${parameter}: must not contain control characters`,
    );
  }
  return value.toWellFormed();
}
