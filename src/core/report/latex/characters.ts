/** Accents of LaTeX by their command, as Unicode's combining characters. */
const ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030A',
  H: '\u030B',
  v: '\u030C',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
};

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ ss: 'ß', ae: 'æ', AE: 'Æ', oe: 'œ', OE: 'Œ', o: 'ø', O: 'Ø', aa: 'å', AA: 'Å', l: 'ł', L: 'Ł' }),
  ...Object.entries({ i: 'ı', j: 'ȷ', dots: '…', ldots: '…', textellipsis: '…', S: '§', P: '¶', copyright: '©' }),
  ...Object.entries({
    LaTeX: 'LaTeX',
    TeX: 'TeX',
    pounds: '£',
    euro: '€',
    texteuro: '€',
    degree: '°',
    textdegree: '°',
  }),
  ...Object.entries({ textbackslash: '\\\\', textasciitilde: '\\~', textasciicircum: '^', textless: '\\<' }),
  ...Object.entries({ textgreater: '>', textbar: '|', textbullet: '•', textendash: '–', textemdash: '—' }),
  ...Object.entries({ textquoteleft: '‘', textquoteright: '’', textquotedblleft: '“', textquotedblright: '”' }),
  ...Object.entries({ texttimes: '×', textpm: '±', textmu: 'µ', guillemotleft: '«', guillemotright: '»' }),
  ...Object.entries({ og: '« ', fg: ' »', checkmark: '✓', textunderscore: '\\_', slash: '/', textrightarrow: '→' }),
]);

export function isAccent(command: string): boolean {
  return Object.hasOwn(ACCENTS, command);
}

/** A letter with an accent, as one character where Unicode has it. */
export function accented(command: string, letter: string): string {
  const base = letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
  return `${base}${ACCENTS[command] ?? ''}`.normalize('NFC');
}

/** Markdown for a command that stands for a character. */
export function symbolOf(command: string): string | undefined {
  return SYMBOLS.get(command);
}
