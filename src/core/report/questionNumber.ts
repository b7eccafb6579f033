import type { LineScanner } from './lineScanner';

/** From 1 on, in small letters. */
export const ROMANS: readonly string[] = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const NUMBER = /[([]?(\d{1,2})(?!\d)/y;
/** As small letters they are parts, unless a word tells otherwise. */
const ROMAN_NUMBER = /[([]?([IVX]{1,6})(?![A-Za-z\d])/y;
const ROMAN_NUMBER_BEHIND_WORD = new RegExp(ROMAN_NUMBER.source, 'iy');

export interface QuestionNumber {
  readonly question: number;
  /** Stands in the form for all numbers of its kind. */
  readonly figure: '1' | 'I';
  /** Whether it is a Roman one that no word explains. */
  readonly isBareRoman: boolean;
}

/**
 * Takes the number of a question, in figures or Roman; `null` for what is no number.
 * @param word before it, such as `question`; empty where there is none
 */
export function questionNumber(scanner: LineScanner, word: string): QuestionNumber | null {
  const [, figures] = scanner.take(NUMBER) ?? [];
  if (figures !== undefined) return { question: Number(figures), figure: '1', isBareRoman: false };
  if (word.startsWith('part')) return null;
  const from = scanner.at;
  const [, letters = ''] = scanner.take(word === '' ? ROMAN_NUMBER : ROMAN_NUMBER_BEHIND_WORD) ?? [];
  const value = romanValue(letters.toLowerCase());
  if (value > 0) return { question: value, figure: 'I', isBareRoman: word === '' };
  scanner.at = from;
  return null;
}

/** 0 for what is no Roman number up to 39. */
function romanValue(letters: string): number {
  const [, tens = '', ones = ''] = /^(x{0,3})(i[vx]|v?i{0,3})$/.exec(letters) ?? [];
  return 10 * tens.length + (ones === '' ? 0 : ROMANS.indexOf(ones) + 1);
}
