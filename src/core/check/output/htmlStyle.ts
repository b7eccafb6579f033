/** The page's whole style: it loads nothing. Colours hold their contrast in light and dark, and a verdict has a word too. */
export const HTML_STYLE = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1f2328, #e2e5e9);
  --quiet: light-dark(#59636e, #9aa4af);
  --page: light-dark(#ffffff, #15181c);
  --raised: light-dark(#f5f7f9, #1e2228);
  --line: light-dark(#d5dbe1, #363d46);
  --link: light-dark(#0a5cad, #7db7f5);
  --misconception: light-dark(#b3261e, #ff9b93);
  --contradicted: light-dark(#a5480a, #f5b17a);
  --missing: light-dark(#6b5200, #dcc26b);
  --unverified: light-dark(#5b4a9c, #bfb1f2);
  --stated: light-dark(#2f5f8f, #97c3ee);
  --supported: light-dark(#1a6b33, #86d39b);
  --not-mentioned: var(--quiet);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 66rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.35rem; margin: 0 0 .5rem; }
h3 { font-size: 1.1rem; margin: 0; }
h4, h5, h6 { font-size: 1rem; margin: 1em 0 .4em; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font: .875em/1.5 ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; }
pre { overflow-x: auto; padding: .6rem .8rem; background: var(--raised); border-radius: 6px; }
math { font-size: 1.08em; }
math[display="block"] { margin: .6em 0; overflow-x: auto; overflow-y: hidden; }
.quiet { color: var(--quiet); }
.report { margin-top: 3rem; padding-top: 2rem; border-top: 2px solid var(--line); }
.part { margin-top: 2rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
.part > header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
.points { font-variant-numeric: tabular-nums; white-space: nowrap; }
.points strong { font-size: 1.1em; }
details { margin: .4rem 0 0; color: var(--quiet); font-size: .925rem; }
summary { cursor: pointer; width: max-content; max-width: 100%; }
details > div { max-width: 72ch; }
.answer { max-width: 72ch; margin: .75rem 0 1rem; padding-left: 1rem; border-left: 3px solid var(--line); }
.answer > :first-child, details > div > :first-child, td > :first-child { margin-top: 0; }
.answer > :last-child, details > div > :last-child, td > :last-child { margin-bottom: 0; }
.answer blockquote { margin-inline: 0; padding-left: 1rem; border-left: 2px solid var(--line); color: var(--quiet); }
.picture { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-size: .925rem; }
.answer table { width: auto; }
th, td { padding: .45rem .75rem .45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
tfoot > tr > * { border-top: 2px solid var(--line); border-bottom: 0; font-weight: 600; }
.number + :not(.number) { padding-left: 1.25rem; }
.overview th, .overview td { padding-block: .3rem; }
.overview th:first-child { min-width: 5rem; }
th { font-weight: 600; color: var(--quiet); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr:target { background: var(--raised); box-shadow: -.5rem 0 0 var(--raised), -.7rem 0 0 var(--link); }
.findings td:first-child { width: 9.5rem; white-space: nowrap; }
.findings p { margin: 0; }
.findings .why { color: var(--quiet); margin-top: .1rem; }
.tally { display: inline-flex; flex-wrap: wrap; gap: 0 1rem; font-size: .925rem; }
td .tally { font-size: inherit; }
.tally .verdict { font-weight: 500; white-space: nowrap; }
.verdict { font-weight: 600; }
.verdict > span { display: inline-block; width: 1.25em; text-align: center; }
mark { background: none; color: inherit; text-decoration: underline 2px var(--mark); text-underline-offset: .22em; }
mark > .katex { border-bottom: 2px solid var(--mark); }
mark, .verdict { --mark: var(--quiet); }
.verdict { color: var(--mark); }
.sign {
  display: inline-block; min-width: 1.25em; margin-right: .25em; padding: 0 .2em; border-radius: .6em;
  background: var(--mark); color: var(--page); font: 700 .72em/1.35 system-ui, sans-serif; text-align: center;
  text-decoration: none; vertical-align: .12em;
}
.v-misconception { --mark: var(--misconception); }
.v-contradicted { --mark: var(--contradicted); }
.v-missing { --mark: var(--missing); }
.v-unverified { --mark: var(--unverified); }
.v-stated { --mark: var(--stated); }
.v-supported { --mark: var(--supported); }
mark.v-unverified { text-decoration-style: dashed; }
mark.v-stated, mark.v-supported { text-decoration-thickness: 1px; }
.warnings { margin: 1rem 0 0; padding-left: 1.1rem; color: var(--quiet); font-size: .925rem; }
.failure { color: var(--misconception); }
.scroll { overflow-x: auto; }
@media (max-width: 40rem) {
  .overview th:first-child { min-width: 0; }
  .overview :is(th, td):nth-child(3) { display: none; }
  .number + :not(.number) { padding-left: 0; }
  .findings, .findings tbody, .findings tr, .findings td { display: block; width: auto ; }
  .findings thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .findings td { padding: 0; border: 0; }
  .findings tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .findings tr:last-child { border-bottom: 0; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .report { break-before: page; border-top: 0; padding-top: 0; margin-top: 0; }
  .part > header, h2, h3 { break-after: avoid; }
  tr, .answer p { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  .sign { color: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
