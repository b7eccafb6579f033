import type { ExperimentHostMethods, ExperimentTarget, ExperimentViewMethods } from '../../src/protocol/experimentView';
import 'katex/dist/katex.css';
import { Rpc } from '../../src/protocol/rpc';
import { host, savedState } from '../shared/host';
import './experiment.css';
import { ExperimentView } from './experimentView';

const view = new ExperimentView(() => rpc);
const rpc: Rpc<ExperimentViewMethods, ExperimentHostMethods> = new Rpc<ExperimentViewMethods, ExperimentHostMethods>(
  host,
  { show: (request) => view.show(request) },
);
document.body.append(view.element);
void view.begin(savedState<ExperimentTarget>());
