import './questions.css';
import type { QuestionsHostMethods, QuestionsViewMethods } from '../../src/protocol/questionsView';
import { Problem } from '../../src/core/problem';
import { Rpc } from '../../src/protocol/rpc';
import { host } from '../shared/host';
import { problemText } from '../shared/problemText';
import { Toast } from '../shared/toast';
import { QuestionsView } from './questionsView';

const rpc: Rpc<QuestionsViewMethods, QuestionsHostMethods> = new Rpc<QuestionsViewMethods, QuestionsHostMethods>(host, {
  update: (state) => view.update(state),
});
const toast = new Toast();
const view: QuestionsView = new QuestionsView(rpc, toast);

rpc.call('ready', null).then(
  (state) => view.update(state),
  (thrown: unknown) => toast.show('error', problemText(Problem.from(thrown))),
);
