import type { AttentionHostMethods, AttentionViewMethods } from '../../src/protocol/modelViews';
import { Rpc } from '../../src/protocol/rpc';
import { host, savedState } from '../shared/host';
import './attention.css';
import { restoredState, type AttentionState } from './attentionState';
import { AttentionView } from './attentionView';

const view = new AttentionView(() => rpc, restoredState(savedState<AttentionState>()));
const rpc: Rpc<AttentionViewMethods, AttentionHostMethods> = new Rpc<AttentionViewMethods, AttentionHostMethods>(host, {
  show: ({ sentence }) => view.show(sentence),
});
document.body.append(view.element);
view.start();
