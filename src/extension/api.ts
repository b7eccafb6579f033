import type { Services } from './services';

/** What `activate` returns, so that tests in the extension host can look inside. */
export type ExtensionApi = Pick<Services, 'checks' | 'lab' | 'notes' | 'panels' | 'reports'>;
