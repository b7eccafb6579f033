import { LineScanner } from './lineScanner';
import type { ProseLine } from './outline';
import { questionNumber, ROMANS, type QuestionNumber } from './questionNumber';

/** How the parts of one question are told apart. */
export type Numbering = 'letter' | 'digit' | 'roman';

/** One way to understand the beginning of a line as the number of a question, a part of it, or both. */
export interface Reading {
  /** Number of the question; `null` where only the part is named. */
  readonly question: number | null;
  /** Zero-based place of the part in its question; `null` where only the question is named. */
  readonly part: number | null;
  readonly numbering: Numbering | null;
  /** Offset in the line behind the marker and the blanks after it. */
  readonly end: number;
  /** How much the form alone speaks for a marker, 0 to 1. */
  readonly weight: number;
  /** The form of the part, such as `(x)` for `(b)` and for `7. (b)`; empty where only the question is named. */
  readonly form: string;
  /** The form as far as the question's number, alike for `7.` and `7. (b)`. */
  readonly stem: string;
  /** Offset in the line of opening emphasis that goes on behind the marker. */
  readonly openEmphasis: number | null;
  /** Whether the question's number is a Roman one that no word such as `Question` explains. */
  readonly isBareRoman: boolean;
}

const WORD =
  /(?:(?:answer|solution)s?[ \t]+(?:to|for)[ \t]+)?(?:question|exercise|problem|task|answer|solution|part|ex|q)(?:[ \t]*(?:no\.|\.|#|№)[ \t]*|[ \t]*)(?=[\d([*_]|[a-hivx]{1,4}\b)/iy;
/** Between number and part: `7b`, `7 b`, `7.b`, `7) **(b)`, `7.2`, `7-b`. */
const JOINT = /[ \t]*(?:\\?[.):\]]+|[-–—/,])?(?:\\?[*_]){0,3}[ \t]*(?:[-+*][ \t]+)?(?:\\?[*_]){0,3}(?:part[ \t]+)?/iy;
const LABEL = /(\\?[([]?)([a-z]{1,4}|\d{1,2})(?![a-z\d])/iy;
const CLOSERS = /(?:\\?(?:[)\]]|\.(?!\.)))+:?|[ \t]?:/y;
/** In plain text the stars are written out. */
const EMPHASIS = /(?:\\?[*_]){1,3}/y;

interface Opening {
  readonly word: string;
  /** What stands before the number, as in `Reading.form`. */
  readonly stem: string;
  readonly emphasis: { readonly at: number; readonly mark: string } | null;
  readonly isHeading: boolean;
}

/**
 * Every way to understand the beginning of a line as a marker; none for a line that is only text.
 * @param text of the line, from `line.start` on; markers longer than 80 characters are not read.
 */
export function readMarkers(text: string, line: ProseLine): Reading[] {
  const scanner = new LineScanner(text.slice(0, 80));
  scanner.take(/#{1,6}[ \t]+/y);
  while (scanner.take(/[-+*][ \t]+/y));
  const emphasisAt = scanner.at;
  const mark = scanner.take(EMPHASIS)?.[0];
  const word = scanner.take(WORD)?.[0].trim().toLowerCase() ?? '';
  const opening: Opening = {
    word,
    stem: `${'#'.repeat(line.level)}${mark ?? ''}${word}`,
    emphasis: mark ? { at: emphasisAt, mark } : null,
    isHeading: line.place === 'heading',
  };
  const start = scanner.at;
  const readings = numbered(scanner, opening, line);
  scanner.at = start;
  readings.push(...lettered(scanner, opening, line));
  return line.ordinal === null ? readings : readings.flatMap((reading) => [reading, ...counted(reading, line.ordinal)]);
}

/** The reading with the number that Markdown shows in place of the one that is written. */
function counted(reading: Reading, ordinal: number | null): Reading[] {
  if (ordinal === null || reading.question === ordinal) return [];
  const weight = reading.weight - 0.05;
  if (reading.question !== null) return [{ ...reading, question: ordinal, weight }];
  return reading.numbering === 'digit' ? [{ ...reading, part: ordinal - 1, weight }] : [];
}

/** `7.`, `(7)`, `Question 7`, `VII.` and, with a part behind it, `7b`, `7. (b)`, `7.2`. */
function numbered(scanner: LineScanner, opening: Opening, line: ProseLine): Reading[] {
  const number = questionNumber(scanner, opening.word);
  if (!number) return [];
  const { question, figure, isBareRoman } = number;
  const afterNumber = scanner.at;
  const readings: Reading[] = [];
  scanner.take(JOINT);
  const joint = scanner.text.slice(afterNumber, scanner.at);
  const label = scanner.take(LABEL);
  if (label) {
    const emphasis = emphasisAfter(joint, afterNumber, opening);
    readings.push(...joined(scanner, { ...opening, emphasis }, line, number, joint, label));
  }
  scanner.at = afterNumber;
  const alone = closing(scanner, opening, line, mayStartAnew(line));
  // A Roman number is hardly a word where a mark closes it.
  if (alone && (!isBareRoman || /[.)]/.test(alone.closer) || (alone.isAlone && opening.isHeading))) {
    const weight = questionWeight(opening, line, alone);
    const { end, open: openEmphasis } = alone;
    readings.push({
      question,
      part: null,
      numbering: null,
      end,
      weight,
      form: '',
      stem: stemOf(opening, figure, alone.closer),
      openEmphasis,
      isBareRoman,
    });
  }
  return readings;
}

/** The emphasis that is open at the part's label: `7. **a.` opens one, `**7.** a.` closes one. */
function emphasisAfter(joint: string, from: number, { emphasis }: Opening): Opening['emphasis'] {
  const marks = [...joint.matchAll(/(?:\\?[*_])+/g)];
  const isOpen = marks.length % 2 === 0 ? emphasis !== null : emphasis === null;
  const last = marks.at(-1);
  if (!isOpen) return null;
  return last ? { at: from + last.index, mark: last[0] } : emphasis;
}

/** Number and part in one marker. */
function joined(
  scanner: LineScanner,
  opening: Opening,
  line: ProseLine,
  { question, figure, isBareRoman }: QuestionNumber,
  joint: string,
  label: RegExpExecArray,
): Reading[] {
  const [, bracket = '', name = ''] = label;
  const isDigit = /^\d/.test(name);
  // `7.2` is a part, `7. 2` and `7 2` are a number and text.
  if (isDigit && joint !== '.') return [];
  const runOn = isDigit && mayStartAnew(line) ? runningOn(scanner, line) : null;
  const end = closing(scanner, opening, line, !isDigit) ?? runOn;
  if (!end) return [];
  const isClear = bracket !== '' || end.closer !== '' || opening.word !== '' || opening.isHeading || end.isAlone;
  // A word of one letter after the number, as in `2. A network`, is text unless something closes it.
  if (bracket === '' && /[ \t]/.test(joint) && end.closer === '' && !end.isAlone && !/[*_]/.test(joint)) return [];
  if (!isClear && opening.emphasis === null && end !== runOn) return [];
  const weight = (end === runOn ? 0.5 : isDigit ? 0.75 : 1) - wrapped(line, 0.4);
  const form = partForm(bracket, end);
  return partsNamed(name).map(({ part, numbering }) => ({
    question,
    part,
    numbering,
    end: end.end,
    weight,
    form,
    stem: stemOf(opening, figure, joint),
    openEmphasis: end.open,
    isBareRoman: isBareRoman && bracket === '',
  }));
}

/** `(b)`, `b.`, `**b**`, `Part b`, `ii)`: a part of the question that was numbered before. */
function lettered(scanner: LineScanner, opening: Opening, line: ProseLine): Reading[] {
  const label = scanner.take(LABEL);
  const [, bracket = '', name = ''] = label ?? [];
  if (!label || (opening.word !== '' && !/^(?:part|answer|solution)/.test(opening.word))) return [];
  const end = closing(scanner, opening, line);
  if (!end) return [];
  const isStrong = opening.word !== '' || opening.isHeading || opening.emphasis !== null || /[*_]/.test(end.closer);
  if (end.closer === '' && !isStrong) return [];
  // In `## A remark` it is a word.
  if (end.closer === '' && !end.isAlone && (!opening.isHeading || /^[AI]$/.test(name))) return [];
  const isDigit = /^\d/.test(name);
  const weight = (isDigit ? 0.5 : 0.6) + (isStrong ? 0.2 : 0) - (end.closer === ':' ? 0.15 : 0) - wrapped(line, 0.4);
  const form = opening.word + partForm(bracket, end);
  return partsNamed(name).map(({ part, numbering }) => ({
    question: null,
    part,
    numbering,
    end: end.end,
    weight,
    form,
    stem: opening.stem,
    openEmphasis: end.open,
    isBareRoman: false,
  }));
}

/** @param behind what stands behind the number: only a mark that belongs to it counts. */
function stemOf({ stem }: Opening, figure: string, behind: string): string {
  return `${stem}${figure}${/^[.):]/.exec(behind)?.[0] ?? ''}`;
}

function partForm(bracket: string, { closer }: Closing): string {
  return `${bracket}x${closer}`.replace(/[\\*_]/g, '');
}

/** Less for a line inside a paragraph that may have been broken in mid-sentence. */
function wrapped(line: ProseLine, loss: number): number {
  return line.place === 'continuation' && !line.afterSentence ? loss : 0;
}

function questionWeight(opening: Opening, line: ProseLine, { closer, isAlone }: Closing): number {
  const isClosed = closer !== '' || isAlone;
  if (opening.word !== '') return (isClosed ? 0.95 : 0.4) - wrapped(line, 0.5);
  // `# 1. Theory` may head a section; the form of the other numbers decides.
  if (opening.isHeading) return isAlone ? 0.85 : isClosed ? 0.6 : 0.35;
  if (opening.emphasis) return 0.85 - wrapped(line, 0.4);
  return (line.place === 'continuation' ? 0.55 : 0.6) + (isAlone ? 0.2 : 0) - wrapped(line, 0.4);
}

/** A name may be a letter and a Roman number at once, such as `i`. */
function partsNamed(name: string): { part: number; numbering: Numbering }[] {
  if (/^\d/.test(name)) return [{ part: Number(name) - 1, numbering: 'digit' }];
  const lower = name.toLowerCase();
  const roman = ROMANS.indexOf(lower);
  return [
    ...(lower.length === 1 ? [{ part: lower.charCodeAt(0) - 97, numbering: 'letter' as const }] : []),
    ...(roman >= 0 ? [{ part: roman, numbering: 'roman' as const }] : []),
  ];
}

interface Closing {
  readonly end: number;
  /** What closes the marker, blanks left out: `.`, `)`, `.**`. */
  readonly closer: string;
  /** Whether nothing else stands in the line. */
  readonly isAlone: boolean;
  /** Where emphasis opened that goes on behind the marker. */
  readonly open: number | null;
}

/** Whether a line may begin something, and is not only the rest of a sentence. */
function mayStartAnew({ place, afterSentence }: ProseLine): boolean {
  return place !== 'continuation' || afterSentence;
}

/** What follows `7.2` where that is no decimal: a sentence. */
function runningOn(scanner: LineScanner, { place }: ProseLine): Closing | null {
  const from = scanner.at;
  const sentence = place === 'continuation' ? /[ \t]+(?=["“‘'(*_`$\\]*\p{Lu}|\$)/uy : /[ \t]+(?=["“‘'(*_`$\\]*\p{L})/uy;
  const isSentence = scanner.take(sentence) !== null;
  const end = scanner.at;
  scanner.at = from;
  return isSentence ? { end, closer: '', isAlone: false, open: null } : null;
}

/**
 * What may end a marker; `null` where the text runs on, as in `7th` or `i.e.`.
 * @param mayBeDash whether a dash is enough, as in `7b - …`
 */
function closing(
  scanner: LineScanner,
  { emphasis, word, isHeading }: Opening,
  line: ProseLine,
  mayBeDash = line.place !== 'continuation',
): Closing | null {
  const from = scanner.at;
  scanner.take(CLOSERS);
  const emphasisEnd = scanner.take(emphasis ? EMPHASIS : /(?:\\?[*_]){1,3}(?=[\s.):]|$)/y);
  if (emphasisEnd) scanner.take(/[.):\]]+/y);
  const closer = scanner.text.slice(from, scanner.at).replace(/[\s\\]/g, '');
  const isAlone = scanner.isAtEnd;
  const mayRunOn = closer.endsWith(')') || closer.endsWith(']') || closer.endsWith('*');
  if (!isAlone && !scanner.sees(/[ \t]/y) && !mayRunOn) return null;
  const isMarked = closer !== '' || isAlone || word !== '' || isHeading || emphasis !== null;
  const dash = closer.replace(/[*_]/g, '') === '' ? scanner.take(/[ \t]*[–—-](?=[ \t])/y) : null;
  if (!isMarked && !(dash && mayBeDash)) return null;
  scanner.take(/[ \t]*/y);
  const open = emphasis && !emphasisEnd ? emphasis.at : null;
  return { end: scanner.at, closer: closer || (dash ? '-' : ''), isAlone, open };
}
