import 'katex/dist/katex.css';
import './report.css';
import { Problem } from '../../src/core/problem';
import type { ReportHostMethods, ReportViewMethods } from '../../src/protocol/reportView';
import { Rpc } from '../../src/protocol/rpc';
import { Announcer } from '../shared/announcer';
import { emptyState } from '../shared/banner';
import { element } from '../shared/element';
import { prepareFormulas } from '../shared/formula';
import { host, t } from '../shared/host';
import { problemText } from '../shared/problemText';
import { Toast } from '../shared/toast';
import { Highlights } from './highlights';
import { Memory } from './memory';
import type { ReportContext } from './reportHost';
import { ReportView } from './reportView';

/** Shorter waits show nothing, which looks calmer than a flicker. */
const WAIT = 400;

const rpc: Rpc<ReportViewMethods, ReportHostMethods> = new Rpc<ReportViewMethods, ReportHostMethods>(host, {
  update: (state) => view.update(state),
  findings: (update) => view.updateFindings(update),
  reveal: (place) => view.reveal(place),
  evidenceFound: ({ experiment }) => view.evidenceFound(experiment),
  move: ({ by }) => view.move(by),
  addNote: () => view.addNote(),
});

const toast = new Toast();
const context: ReportContext = {
  rpc,
  memory: new Memory(),
  highlights: new Highlights(),
  toast,
  announcer: new Announcer(),
  openLink: (href) => context.report(rpc.call('openLink', { href })),
  report: (call) => {
    call.catch((thrown: unknown) => {
      const problem = Problem.from(thrown);
      if (problem.code !== 'cancelled') toast.show('error', problemText(problem));
    });
  },
  revealInSource: (part, span) => context.report(rpc.call('revealInSource', { part, span })),
};
const view: ReportView = new ReportView(context);

async function start(): Promise<void> {
  const waiting = window.setTimeout(() => {
    document.body.append(element('p', { class: 'waiting', role: 'status' }, t('Reading the report …')));
  }, WAIT);
  try {
    const [start] = await Promise.all([rpc.call('ready', null), prepareFormulas()]);
    window.clearTimeout(waiting);
    context.memory.recall(start.state.uri, start.part);
    view.updateFindings(start.findings);
    view.update(start.state);
  } catch (thrown) {
    window.clearTimeout(waiting);
    const again = { label: t('Try Again'), run: () => void start() };
    document.body.replaceChildren(
      emptyState('warning', t('The report cannot be shown'), problemText(Problem.from(thrown)), [again]),
    );
  }
}

void start();
