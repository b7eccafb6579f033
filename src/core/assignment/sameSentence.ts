/** Equal for texts that differ in case, blanks and final full stop only. */
export function sameSentence(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.!]+$/, '')
    .trim();
}
