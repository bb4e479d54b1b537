/**
 * Cuts text that comes in pieces of any size into lines. A line without its end is kept until it comes.
 *
 * @param onLine called with each line, without its end
 * @returns a function that takes the next piece; it returns true when the piece ended a line
 */
export function lineReader(onLine: (line: string) => void): (text: string) => boolean {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    return lines.length > 0;
  };
}
