import assert from 'node:assert/strict';
import { listArgument, ListCounters } from '../../../src/core/report/latex/listLabels';
import { readReport } from '../../../src/core/report/readReport';
import type { Answer } from '../../../src/core/report/report';
import { sourceSpan, textSpan } from '../../../src/core/report/sourceMap';
import { transcribe } from '../../../src/core/report/transcribe';
import { LineIndex } from '../../../src/core/text';

/** The Markdown that a LaTeX text is read as. */
const markdown = (text: string): string => transcribe('latex', { path: 'r.tex', text }, {}).text;

/** The only answer of a report. */
function answerIn(text: string): Answer {
  const [answer] = readReport('r.tex', text, ['7a']).parts;
  return answer ?? assert.fail('no answer');
}

/** LaTeX with the Markdown that means the same. */
const MEANINGS: Readonly<Record<string, readonly (readonly [latex: string, markdown: string])[]>> = {
  'text and its signs': [
    ["``a'' and `b', it's", "“a” and ‘b’, it's"],
    ['1--2---3', '1–2—3'],
    ['a~b\\ c\\,d\\quad e', 'a b c d e'],
    ['a\\\\b\\\\[2mm] c\\newline d', 'a\nb\nc\nd'],
    ['5\\% \\& \\#1 \\$2 a\\_b \\{x\\}', '5% & \\#1 \\$2 a\\_b {x}'],
    ["caf\\'e na\\\"{\\i}ve \\c{c}a \\ss{} \\'{E}t\\'e", 'café naïve ça ß Été'],
    ['\\LaTeX\\ is \\ldots{} fine', 'LaTeX is … fine'],
    ['2*3 * 4 a<b x_1 f(x)[y](z)', '2\\*3 * 4 a\\<b x_1 f(x)[y\\](z)'],
    ['one % two\n  three', 'one three'],
    ['one\n% two\nthree\n\nfour', 'one\nthree\n\nfour'],
    ['see~\\cite[p.~3]{a,b}, Eq.~\\eqref{x} too', 'see, Eq. too'],
    ['> no quote', '\\> no quote'],
  ],
  'emphasis, code and notes': [
    ['\\textbf{a} \\emph{b \\textbf{c}} {\\bf d} {\\Large\\em e}', '**a** *b **c*** **d** *e*'],
    ['\\textbf{ a }b', '**a** b'],
    ['\\textbf{}\\textbf{one\n\ntwo}', 'one\n\ntwo'],
    [
      '\\texttt{x\\_1[i]} \\verb+a|b+ \\verb*|c`d| \\lstinline[language=C]{int x} \\lstinline!y!',
      '`x_1[i]` `a|b` `` c`d `` `int x` `y`',
    ],
    ['\\url{http://a.b/c%20d} \\href{http://x}{here}', '`http://a.b/c%20d` here'],
    ['a\\footnote{b} c', 'a (b) c'],
    ['\\textcolor{red}{a} \\underline{b} \\fbox{c} \\vspace{1cm}d', 'a *b* c d'],
  ],
  formulas: [
    ['$a$ \\(b\\) $ c $', '$a$ $b$ $c$'],
    ['so \\[ a \\] and $$b$$', 'so\n\n$$\na\n$$\n\nand\n\n$$\nb\n$$'],
    ['\\begin{equation*}\n a % c\n + b\n\\label{x}\\end{equation*}', '$$\na + b\n$$'],
    ['\\begin{align}a&=b\\\\c&=d\\end{align}', '$$\n\\begin{aligned}\na&=b\\\\c&=d\n\\end{aligned}\n$$'],
    ['\\begin{gather*}a\\\\b\\end{gather*}', '$$\n\\begin{gathered}\na\\\\b\n\\end{gathered}\n$$'],
    ['\\begin{eqnarray}a&=&b\\end{eqnarray}', '$$\n\\begin{aligned}\na&=&b\n\\end{aligned}\n$$'],
    ['$a\n- b$ and $\\text{if $x$}$', '$a - b$ and $$\\text{if $x$}$$'],
    ['\\newcommand{\\R}{\\mathbb{R}}\\newcommand{\\f}[1]{(#1)} $\\R^n \\f{x}$', '$\\mathbb{R}^n (x)$'],
    [
      '\\newcommand{\\KL}[2]{D(#1\\|#2)} \\newcommand{\\E}[2][p]{E_{#1}[#2]} $\\KL{q_\\phi}{\\E x} + \\E[q]{\\KL pq}$',
      '$D(q_\\phi\\|E_{p}[x]) + E_{q}[D(p\\|q)]$',
    ],
    ['\\def\\f#1#2{#2/#1} $\\f ab c\\f{a}$ $\\f{a$', '$b/a c\\f{a}$ $\\f{a$'],
    ['\\def\\p(#1){#1} \\newcommand{\\q}[x]{y} $\\p(a) \\q$', '$\\p(a) \\q$'],
    [
      '\\newcommand{\\abs}[1]{|#1|} \\begin{tabular}{l}$\\abs{x}\\|$ \\\\ \\end{tabular}',
      '| $\\vert x\\vert \\|$ |\n| --- |',
    ],
    [
      '\\def\\E{\\mathbb{E}} \\DeclareMathOperator*{\\am}{arg\\,max} $\\am \\E$',
      '$\\operatorname*{arg\\,max} \\mathbb{E}$',
    ],
    ['\\newcommand{\\a}{\\a} $\\a$', '$\\a$'],
  ],
  blocks: [
    ['\\begin{verbatim}\n x {\n  y\n\\end{verbatim}', '```\n x {\n  y\n```'],
    [
      '\\begin{lstlisting}[language=Python, caption={[x] y}]\nx = "```"\n\\end{lstlisting}',
      '````python\nx = "```"\n````',
    ],
    ['\\begin{minted}[linenos]{python}\nx\n\\end{minted}', '```python\nx\n```'],
    [
      '\\begin{itemize}\n\\item a\n\n more\n\\item b\n\\begin{itemize}\\item c\\end{itemize}\n\\end{itemize}d',
      '- a\n\n  more\n- b\n\n  - c\n\nd',
    ],
    ['\\begin{description}\\item[A b] c\\end{description}', '**A b** c'],
    [
      '\\begin{tabular}{l|c}\\hline a & $|x|$ \\\\ \\hline b & \\multicolumn{2}{c}{c} \\\\ \\end{tabular}',
      '| a | $\\vert x\\vert $ |\n| --- | --- |\n| b | c |',
    ],
    ['a\n\\begin{figure}[h]\\centering\\includegraphics{x_1}\\caption[short]{b}\\label{c}\\end{figure}', 'a\n\nb'],
    ['a \\begin{tikzpicture} b \\end{tikzpicture} \\begin{comment} c \\end{comment} d', 'a d'],
    ['a \\iffalse b \\fi c', 'a c'],
    [
      '\\section{One}\\subsection{Two}\\section*{Three}\\section{Four}\\subsection{4 (a)}\\subsubsection{Five}',
      '## 1 One\n\n### 1.1 Two\n\n## Three\n\n## 2 Four\n\n### 4 (a)\n\n#### Five',
    ],
    ['\\section{Question 3}\\subsection{Two}\\paragraph{Three} d', '## Question 3\n\n### Two\n\n**Three** d'],
  ],
  'what the report made up': [
    ['\\newcommand{\\VAE}{VAE} the \\VAE{} is', 'the VAE is'],
    ['\\answer{yes} and \\foo no', 'yes and \\foo no'],
    ['\\newcommand{\\q}[1]{\\section*{Question #1}} a \\q{7} b', 'a\n\n## Question 7\n\nb'],
    [
      '\\newcommand{\\p}[2][?]{\\textbf{(#2)} \\emph{#1}:} \\p{a} b \\p[why $x$]{c} d',
      '**(a)** *?*: b **(c)** *why $x$*: d',
    ],
    ['\\newcommand{\\a}[1]{<#1>}\\newcommand{\\b}[2]{\\a{#2}\\a{\\emph{#1}}} \\b{x_1}{\\a y}', '<<y>><*x_1*>'],
    ['\\newcommand{\\L}{$\\mathcal{L}$} \\newcommand{\\f}[1]{$f(#1)$} the \\L{} of \\f{x}', 'the $\\mathcal{L}$ of x'],
    ['\\newcommand{\\a}[1]{\\a{#1}\\a{#1}} \\a{b}', 'b'.repeat(32)],
    ['\\newcommand{\\a}[2]{#1 or #2} \\a{b}', 'b'],
    ['\\newcommand{\\be}{\\begin{enumerate}} \\be c', '\\be c'],
    ['\\begin{solution}[x] a \\end{solution}b', 'a\n\nb'],
  ],
  'numbered environments': [
    [
      '\\begin{problem}{7} a\\end{problem}\\begin{exercise}[8 (b)] c\\end{exercise}',
      '**Problem 7** a\n\n**Exercise 8 (b)** c',
    ],
    ['\\newtheorem{q}{Question}\\begin{q}a\\end{q}\\begin{q}[on b]c\\end{q}', '**Question 1** a\n\n**Question 2** c'],
    ['\\newtheorem*{q}{Question}\\newtheorem{r}{Remark}\\begin{q}a\\end{q}\\begin{r}b\\end{r}', 'a\n\nb'],
    ['\\begin{homeworkProblem}a\\end{homeworkProblem}\\begin{question}b\\end{question}', '**Problem 1** a\n\nb'],
    ['\\begin{problem}{On cost} a\\end{problem}', 'On cost a'],
    ['\\begin{constructor}a\\end{constructor}\\setcounter{toString}{1}\\valueOf', 'a\n\n\\valueOf'],
  ],
  'a document': [
    ['\\documentclass{a}\\title{b}\nc\n\\begin{document}d\\maketitle\\end{document}e', 'd'],
    ['\\documentclass[b]{a}\\usepackage{c} d', 'd'],
    ['% \\begin{document}\nd', 'd'],
  ],
};

describe('LaTeX as Markdown', () => {
  for (const [what, meanings] of Object.entries(MEANINGS)) {
    it(`keeps ${what}`, () => {
      for (const [latex, expected] of meanings) assert.equal(markdown(latex).trim(), expected, latex);
    });
  }

  it('has the answers that broken text leaves', () => {
    const broken: readonly (readonly [latex: string, ids: string])[] = [
      ['\\begin{enumerate}\\item a \\textbf{b \\item c', '1 2'],
      ['\\begin{enumerate}\\item $a \\item b$ \\item c', '1 2 3'],
      ['\\begin{enumerate}\\item a } \\end{itemize} \\item b', '1 2'],
      ['\\begin{enumerate}\\item \\begin{verbatim} a \\item b', '1 2'],
      ['\\begin{enumerate}\\item \\[ a\n\n\\item \\begin{align} b\n\n\\item c', '1 2 3'],
      ['\\begin{enumerate}\\item \\begin{tikzpicture} a \\item b \\iffalse \\item c', '1 2 3'],
      ['\\begin{enumerate}\\item a \\section*{3} b', '1 3'],
      ['\\section*{1} a \\section*{2 b \\section*{3} c', '1 3'],
      ['\\item a \\item b', '1 2'],
      ['\\section*{1} a \\footnote{b\n\n\\section*{2} c } d \\texttt{\n\n\\section*{3} e }', '1 2 3'],
      ['\\newcommand{\\x}{\\y\n\\begin{document}\\section*{1} a } b\\section*{2} c', '1 2'],
      ['\\newcommand{\\x}{\\item[(b)]}\\begin{document}\\begin{enumerate}\\item a \\item b', '1 2'],
      ['1. a\n\n\\begin{tikzpicture} % \\end{tikzpicture}\n\n2. b', '1 2'],
    ];
    for (const [latex, ids] of broken) {
      const { parts } = readReport('r.tex', latex, ['1', '2', '3']);
      assert.equal(parts.map(({ id }) => id).join(' '), ids, latex);
    }
  });
});

describe('places in LaTeX', () => {
  it('are those of formulas with what opens and closes them', () => {
    const text = '7. (a) It is \\(n\\), so\n\\begin{align*}\n  a &= b\n\\end{align*}\n\\[ c \\] and $d$.';
    const index = new LineIndex(text);
    const found = answerIn(text).formulas.map(({ latex, display, range }) => {
      const { start, end } = index.spanOf(range);
      return [latex, display, text.slice(start, end)];
    });
    assert.deepEqual(found, [
      ['n', false, '\\(n\\)'],
      ['\\begin{aligned}\na &= b\n\\end{aligned}', true, '\\begin{align*}\n  a &= b\n\\end{align*}'],
      ['c', true, '\\[ c \\]'],
      ['d', false, '$d$'],
    ]);
  });

  it('are those of words, also of those that are written differently', () => {
    const text = "7. (a) A ``na\\\"ive'' idea --- \\textbf{so} on.";
    const answer = answerIn(text);
    assert.equal(answer.text, 'A “naïve” idea — **so** on.');
    const source = (words: string): string => {
      const start = answer.text.indexOf(words);
      const span = sourceSpan(answer, { start, end: start + words.length });
      const back = textSpan(answer, span);
      assert.ok(back && answer.text.slice(back.start, back.end).includes(words.replace(/\*\*/g, '')));
      return text.slice(span.start, span.end);
    };
    assert.equal(source('naïve'), 'na\\"ive');
    assert.equal(source('“naïve”'), "``na\\\"ive''");
    assert.equal(source('ï'), '\\"i');
    assert.equal(source('idea —'), 'idea ---');
    assert.equal(source('so'), 'so');
  });

  it('are those of the arguments of a report’s own command', () => {
    const text = '\\newcommand{\\p}[2]{\\subsection*{7 (#1)} Answer: #2.}\n\\p{a}{It \\emph{rises}}\n\\p{b}{Not $n$}';
    const { parts } = readReport('r.tex', text, ['7a', '7b']);
    assert.deepEqual(
      parts.map(({ text: own }) => own),
      ['Answer: It *rises*.', 'Answer: Not $n$.'],
    );
    const [first, second] = parts;
    assert.ok(first && second);
    const span = sourceSpan(first, { start: 12, end: 17 });
    assert.equal(text.slice(span.start, span.end), 'rises');
    assert.deepEqual([first.heading, second.heading, second.formulas.length], ['\\p{a}', '\\p{b}', 1]);
  });

  it('take part of what belongs together as all of it', () => {
    const answer = answerIn('7. (a) na\\"ive');
    assert.equal(answer.text, 'naïve');
    assert.deepEqual(textSpan(answer, { start: 10, end: 11 }), { start: 2, end: 3 });
    assert.deepEqual(sourceSpan(answer, { start: 2, end: 3 }), { start: 9, end: 12 });
    assert.deepEqual(sourceSpan(answer, { start: 3, end: 3 }), { start: 12, end: 12 });
  });

  it('are that of the command for a number that LaTeX implies', () => {
    const text = '\\begin{enumerate}\n\\item Yes.\n\\item % later\n\\end{enumerate}\n';
    const { warnings, parts } = readReport('r.tex', text, ['1', '2']);
    assert.deepEqual(
      parts.map(({ heading, text: found }) => [heading, found]),
      [
        ['\\item', 'Yes.'],
        ['\\item', ''],
      ],
    );
    assert.deepEqual(
      warnings.map(({ code, range }) => [code, range]),
      [['report.empty-part', { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } }]],
    );
  });
});

describe('labels of lists', () => {
  const labels = (argument: string, numbers: readonly number[], counter = 'enumi'): string[] => {
    const counters = new ListCounters();
    return numbers.map((number) => {
      counters.set(counter, number);
      return counters.label(counter, listArgument(argument).label);
    });
  };

  it('are written in the style that is asked for', () => {
    assert.deepEqual(labels('', [1, 12]), ['1.', '12.']);
    assert.deepEqual(labels('', [1, 3], 'enumii'), ['(a)', '(c)']);
    assert.deepEqual(labels('', [4, 9], 'enumiii'), ['iv.', 'ix.']);
    assert.deepEqual(labels('', [2], 'enumiv'), ['B.']);
    assert.deepEqual(labels('label=(\\roman*)', [1, 14, 49]), ['(i)', '(xiv)', '(xlix)']);
    assert.deepEqual(labels('label={\\textbf{Question~\\Alph*:}}, start=2', [2]), ['Question B:']);
    assert.deepEqual(labels('noitemsep, label=\\bfseries\\arabic*)', [7]), ['7)']);
    assert.deepEqual(labels('(a)', [2]), ['(b)']);
    assert.deepEqual(labels('{Part} 1.', [3]), ['Part 3.']);
    assert.deepEqual(labels('\\textbf{Q}I:', [3]), ['Q III:']);
  });

  it('follow what the report says of counters', () => {
    const counters = new ListCounters();
    counters.redefine('theenumi', '\\Alph{enumi}');
    counters.set('enumi', 3);
    counters.set('enumii', 2);
    assert.equal(counters.label('enumi', undefined), 'C.');
    assert.equal(counters.label('enumii', '\\theenumi.\\arabic*'), 'C.2');
    counters.redefine('labelenumii', '\\theenumi-\\theenumii)');
    assert.equal(counters.label('enumii', undefined), 'C-b)');
    counters.redefine('theenumi', '\\theenumi');
    assert.equal(typeof counters.label('enumi', undefined), 'string');
  });

  it('count on with `resume` and begin where they are told to', () => {
    const text =
      '\\begin{enumerate}\\item a\\item b\\end{enumerate}\\begin{enumerate}[resume]\\item c\\end{enumerate}' +
      '\\begin{enumerate}[start=8]\\item d\\setcounter{enumi}{9}\\item e\\end{enumerate}\\begin{enumerate}\\item f\\end{enumerate}';
    assert.equal(markdown(text).replace(/\s+/g, ' '), '1. a 2. b 3. c 8. d 10. e 1. f');
  });

  it('are those of the class exam', () => {
    const text =
      '\\begin{questions}\\question[5] a\\question b\\begin{parts}\\part[2] c\\part d\\end{parts}\\question e\\end{questions}';
    assert.equal(markdown(text).replace(/\s+/g, ' '), '1. a 2. b (a) c (b) d 3. e');
  });
});
