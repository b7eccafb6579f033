import type { ReportHostMethods, ReportViewMethods } from '../../src/protocol/reportView';
import type { Rpc } from '../../src/protocol/rpc';
import type { Span } from '../../src/core/text';
import type { Toast } from '../shared/toast';
import type { Announcer } from '../shared/announcer';
import type { Highlights } from './highlights';
import type { Memory } from './memory';

/** What the pieces of the report view share. */
export interface ReportContext {
  readonly rpc: Rpc<ReportViewMethods, ReportHostMethods>;
  readonly memory: Memory;
  readonly highlights: Highlights;
  readonly toast: Toast;
  readonly announcer: Announcer;
  openLink(href: string): void;
  /** Tells the person of a call that failed and that has no place of its own to say so. */
  report(call: Promise<unknown>): void;
  revealInSource(part: string, span: Span | null): void;
}
