/**
 * Everything that can go wrong for a person to read about. Core throws or returns the code and its data;
 * a surface turns them into words with `describeProblem`, in the reader's language.
 * A message says what is wrong, where, and what to do.
 */
export const PROBLEM_MESSAGES = {
  'file.missing': '{file}: no such file. Check the path.',
  'file.unsaved': '{file} is not saved yet. Save it as a Markdown file (.md), then open it.',
  'file.empty': '{file} is empty. Write answers in it, or open another file.',
  'file.too-large':
    '{file} has {megabytes} MB; Drylab reads reports of up to {limit} MB. Split it, or take pictures out.',
  'file.not-utf8': '{file} is not UTF-8 text (byte {offset}). Save it again with the encoding UTF-8.',
  'file.format':
    '{file}: Drylab reads reports in Markdown (.md), LaTeX (.tex), plain text (.txt) and Jupyter notebooks (.ipynb). Save it as one of them.',
  'file.unreadable': '{file} cannot be read: {detail}',
  'report.no-parts':
    '{file} has no part that Drylab recognises. Number the answers as the questions are numbered, for example "7. (b)" or "## Question 7".',
  'report.missing-part': 'No answer to {part} was found. If there is one, number it as the question is numbered.',
  'report.repeated-part': '{part} is answered again here. Drylab reads the first answer; remove or renumber the other.',
  'report.empty-part': '{part} is numbered here, but nothing is written below. Write the answer behind its number.',
  'report.out-of-order': '{part} comes after {after}. It was read all the same; check its number.',
  'report.no-answers':
    '{file} numbers its answers, but none has any words. Write each answer behind its number, then check again.',
  'report.language':
    '{file} seems to be written in {language}, but Drylab understands answers in English only. Do not rely on what it finds here.',
  'folder.no-reports':
    '{file} has no report in it: no file that ends in .md, .tex, .ipynb or .txt. Name another folder, or look into its folders with --recursive.',
  'report.input-missing':
    'The file {file}, which is to be read here, was not found. Put it into the folder of the report, or check the path.',
  'report.input-outside':
    'The file {file} is outside the folder of the report and was not read. Copy it into the folder and name it by its path there.',
  'report.input-cycle':
    'The file {file} takes itself in, here or by way of others. It was not read again; take this out.',
  'report.input-depth':
    'The file {file} is the eleventh that is read inside another. It was not read; nest fewer files.',
  'assignment.invalid': '{file}, line {line}: {detail}',
  'assignment.unknown':
    'Drylab has no assignment "{assignment}". Choose one of {known}, or give the path of a YAML file.',
  'assignment.outside':
    'The assignment {file} is outside the workspace folder. Copy it into the folder and set "drylab.assignment" to its path there.',
  'notebook.json': '{file} is not JSON ({detail}). Open it in Jupyter or restore an earlier version.',
  'notebook.format': '{file} is no Jupyter notebook: {detail}. Open it in Jupyter and save it again.',
  'sidecar.damaged':
    'The notes in {file} cannot be read ({detail}). They are left as they are and nothing is written. Repair the file or move it away, then reopen the report.',
  'sidecar.newer':
    'The notes in {file} were written by a newer Drylab (format {version}). They are shown where possible and not changed. Update Drylab to edit them.',
  'sidecar.write': 'The notes could not be written to {file}: {detail}. Your change is not saved yet; try again.',
  'annotation.empty': 'A note needs some text. Write it, or cancel.',
  'annotation.unknown': 'This note is no longer there; someone may have deleted it. Reload the report.',
  'annotation.untitled': 'Save the report first: notes are kept in a file beside it.',
  'annotation.no-selection': 'Select the words that the note is about first.',
  'opinion.no-model':
    'This editor offers no language model to extensions. Install an extension that brings one, sign in to it, then try again.',
  'opinion.off':
    'Language models are not asked as long as the setting "drylab.languageModel.enabled" is off. It sends answers to the provider of the model; turn it on if that is allowed.',
  'opinion.unreadable':
    'The language model did not reply in the form that was asked for. Try again, or choose another.',
  'opinion.too-long':
    'The answer to {part} is too long for {model}. Choose a model that reads more, or split the answer.',
  'opinion.failed': '{model} could not be asked: {detail}',
  'dismissal.empty': 'A dismissal needs a reason, so that others can follow it. Write it, or cancel.',
  'model.missing': 'The model file {file} is missing. Reinstall Drylab, or run the training script that makes it.',
  'model.altered':
    'The model file {file} is not the one that Drylab was built with (SHA-256 {actual}, expected {expected}). Reinstall Drylab.',
  'model.unknown': 'There is no model "{model}". Choose one of: {known}.',
  'model.manifest': '{file}: the list of models cannot be read ({detail}). Reinstall Drylab.',
  'data.malformed': 'The held-out data cannot be read ({what}: {detail}). Reinstall Drylab.',
  'sample.count': 'The count must be a whole number from 1 to {limit}; it was {count}.',
  'sample.seed': 'The seed must be a whole number from 0 to {limit}; it was {seed}.',
  'sentence.empty': 'Type an English sentence to translate.',
  'sentence.too-long': 'The sentence has {tokens} tokens; the model reads up to {limit}. Shorten it to one sentence.',
  'sentence.unknown-characters': 'The model has never seen {characters}. Take them out, or write them in letters.',
  'picture.write': 'The picture could not be written to {file}: {detail}. Choose another place.',
  'lab.start': 'The lab process could not be started: {detail}. See the log, then run "Drylab: Restart Lab".',
  'lab.died': 'The lab process ended unexpectedly ({detail}). It starts again with the next request; see the log.',
  'lab.gave-up': 'The lab process failed {times} times in a row. See the log, then run "Drylab: Restart Lab".',
  'lab.runtime': 'No ONNX runtime could be loaded: {detail}. See the log.',
  cancelled: 'Cancelled.',
  'link.refused': 'Drylab opens web and mail links only, not {href}.',
  'experiment.none': 'The experiment of question {question} has no view to open. Choose a question that offers one.',
  'experiment.unknown': 'There is no experiment "{experiment}". Choose one of: {known}.',
  'experiment.setting': 'The setting "{setting}" cannot be "{value}": {detail}.',
  usage: '{detail}',
  internal: 'Something went wrong inside Drylab: {detail}. See the log.',
} as const;

export type ProblemCode = keyof typeof PROBLEM_MESSAGES;
export type ProblemData = Readonly<Record<string, string | number>>;

/** A problem as plain data: what crosses process borders and what warnings are made of. */
export interface ProblemReport {
  readonly code: ProblemCode;
  readonly data: ProblemData;
}

/** An error meant for a person. Anything else that is thrown is a defect in Drylab. */
export class Problem extends Error implements ProblemReport {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly data: ProblemData = {},
  ) {
    super(describeProblem({ code, data }));
  }

  /** Wraps whatever was thrown; a `Problem` stays as it is, also one of another bundle's class. */
  static from(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    if (isProblem(thrown)) return new Problem(thrown.code, thrown.data);
    return new Problem('internal', { detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function isProblem(thrown: unknown): thrown is ProblemReport {
  return thrown instanceof Error && thrown.name === 'Problem' && 'code' in thrown && 'data' in thrown;
}

/** The message with its data filled in; `translate` maps the English template to the reader's language. */
export function describeProblem(problem: ProblemReport, translate: (template: string) => string = (t) => t): string {
  return translate(PROBLEM_MESSAGES[problem.code]).replace(/\{(\w+)\}/g, (whole, key: string) =>
    String(problem.data[key] ?? whole),
  );
}
