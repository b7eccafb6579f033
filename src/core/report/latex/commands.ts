/**
 * What becomes of commands and their arguments. One letter for each argument, in order: `s` a star, `o` one in brackets,
 * `m` one in braces, which are all left out; `M` one in braces whose text is shown.
 */
const ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ...left('', 'maketitle tableofcontents listoffigures listoftables noindent indent centering raggedright raggedleft'),
  ...left('', 'small footnotesize scriptsize tiny normalsize large Large LARGE huge Huge bfseries mdseries itshape'),
  ...left('', 'upshape slshape scshape rmfamily sffamily ttfamily normalfont bf it em tt rm sf sc sl selectfont'),
  ...left('', 'protect relax hfill vfill hrule hrulefill dotfill null strut sloppy frenchspacing appendix'),
  ...left('', 'makeatletter makeatother frontmatter mainmatter backmatter onehalfspacing doublespacing singlespacing'),
  ...left('', 'begingroup endgroup bgroup egroup qed qedhere allowbreak displaystyle textstyle left right unskip'),
  ...left(
    '',
    'ignorespaces leavevmode newblock printanswers noprintanswers doublebox itemsep parskip parindent fi else',
  ),
  ...left('', 'hline toprule midrule bottomrule endhead endfirsthead endfoot endlastfoot'),
  ...left('m', 'pagestyle thispagestyle pagenumbering bibliographystyle bibliography graphicspath hypersetup geometry'),
  ...left('m', 'lstset usetikzlibrary pgfplotsset captionsetup label index glsadd phantom hphantom vphantom color'),
  ...left('m', 'title author date thanks institute affiliation email onlyinput includeonly fontsize linespread'),
  ...left(
    'm',
    'usepgfplotslibrary theoremstyle newcounter stepcounter refstepcounter cline hyphenation ref eqref pageref',
  ),
  ...left(
    'm',
    'autoref cref Cref nameref extracolsep marginpar todo lhead chead rhead lfoot cfoot rfoot fancyhf listfiles',
  ),
  ...left('m', 'newlength newsavebox graphicsextensions definecolorset sisetup tikzset usemintedstyle'),
  ...left(
    'om',
    'documentclass usepackage RequirePackage includegraphics lstinputlisting cite citep citet todo cmidrule',
  ),
  ...left(
    'om',
    'parencite textcite footcite fancyhead fancyfoot addbibresource setminted usetheme PassOptionsToPackage',
  ),
  ...left('sm', 'vspace hspace addtocontents tag'),
  ...left('mm', 'setlength addtolength inputminted numberwithin newfontfamily SetKwInOut'),
  ...left('smm', 'DeclarePairedDelimiter'),
  ...left('mmm', 'definecolor addcontentsline'),
  ...left('omm', 'rule setmainfont'),
  ...left('smoomm', 'newenvironment renewenvironment'),
  ...left('smmmmm', 'titleformat titlespacing'),
  ...left('mM', 'textcolor colorbox href scalebox raisebox rotatebox foreignlanguage adjustbox'),
  ...left('omM', 'parbox'),
  ...left('ooM', 'makebox framebox'),
  ...left('oM', 'hyperref sout mbox fbox'),
  ...left('mmM', 'fcolorbox multicolumn multirow resizebox'),
]);

function left(signature: string, names: string): (readonly [string, string])[] {
  return names.split(' ').map((name) => [name, signature]);
}

/** The arguments of a command that leaves no trace of its own; `undefined` for one that is not known. */
export function argumentsOf(command: string): string | undefined {
  return ARGUMENTS.get(command);
}

export const EMPHASIS: ReadonlyMap<string, string> = new Map([
  ...['textbf', 'bf', 'bfseries', 'strong'].map((name) => [name, '**'] as const),
  ...['emph', 'textit', 'textsl', 'underline', 'em', 'it', 'itshape', 'uline'].map((name) => [name, '*'] as const),
]);

/** They take in another file. */
export const INPUTS: ReadonlySet<string> = new Set(['input', 'include', 'subfile']);

/** Levels of headings in Markdown; those of a document without chapters begin with 2, below its title. */
export const HEADINGS: ReadonlyMap<string, number> = new Map([
  ['chapter', 1],
  ['section', 2],
  ['subsection', 3],
  ['subsubsection', 4],
]);

/** Headings that begin the line of the text that they head. */
export const RUN_IN: ReadonlySet<string> = new Set(['paragraph', 'subparagraph']);

export const BLANKS: ReadonlySet<string> = new Set([
  ...' ,;:!>',
  'quad',
  'qquad',
  'enspace',
  'thinspace',
  'space',
  '\n',
]);

export const LINE_ENDS: ReadonlySet<string> = new Set(['\\', 'newline', 'linebreak', 'tabularnewline']);

export const PARAGRAPH_ENDS: ReadonlySet<string> = new Set(
  'par newpage clearpage cleardoublepage pagebreak bigskip medskip smallskip'.split(' '),
);

/** Environments that show no text. */
export const SKIPPED: ReadonlySet<string> = new Set(
  'tikzpicture pgfpicture picture titlepage thebibliography filecontents comment axis CCSXML'.split(' '),
);

/** Environments of mathematics that the parser does not know, with what KaTeX calls what they hold. */
export const MATHEMATICS: ReadonlyMap<string, string> = new Map([
  ...['align', 'flalign', 'eqnarray', 'IEEEeqnarray', 'dgroup'].map((name) => [name, 'aligned'] as const),
  ...['gather', 'multline'].map((name) => [name, 'gathered'] as const),
  ['alignat', 'alignedat'],
  ['split', 'split'],
  ...['equation', 'displaymath', 'math', 'dmath'].map((name) => [name, ''] as const),
]);
