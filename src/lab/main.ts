/** The lab process: models and everything heavy run here, away from the editor. */
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { completionsAt } from '../core/assignment/completions';
import { describeAt } from '../core/assignment/describe';
import { loadAssignment } from '../core/assignment/loadAssignment';
import { sample } from '../core/models/sampler';
import { Translator } from '../core/models/translator';
import type { Logger } from '../core/ports';
import { readReport } from '../core/report/readReport';
import { clock, processorClock } from '../platform/clock';
import { sha256 } from '../platform/sha256';
import { decodeUtf8 } from '../platform/utf8';
import type { LabClientMethods, LabMethods } from '../protocol/lab';
import { Rpc, type Handlers } from '../protocol/rpc';
import { Checker } from './checker';
import { EvidenceCache } from './evidenceCache';
import { EvidenceKeeper } from './evidenceKeeper';
import { parseLabArguments, processChannel } from './labProcess';
import { ModelStore } from './modelStore';
import { loadRuntime, type Runtime } from './runtime';

// First of all, since threads take after the one that starts them: with every core busy here, the editor still comes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { models: folder, runtime: choice, cache } = parseLabArguments(process.argv.slice(2));

const logger: Logger = {
  info: (message) => void client.call('log', { level: 'info', message }).catch(() => undefined),
  warn: (message) => void client.call('log', { level: 'warn', message }).catch(() => undefined),
  error: (message) => void client.call('log', { level: 'error', message }).catch(() => undefined),
};

let loading: Promise<Runtime> | undefined;
const runtime = (): Promise<Runtime> => (loading ??= loadAnnounced());

async function loadAnnounced(): Promise<Runtime> {
  await client.call('runtimeState', 'loading');
  const loaded = await loadRuntime(choice, logger);
  await client.call('runtimeState', 'loaded');
  return loaded;
}

const models = new ModelStore(folder, runtime);
/** Evidence depends on the code, which is this bundle, on the models and the data, which the manifest has the hashes of, and on the runtime. */
const version = async (): Promise<string> => {
  const files = [__filename, join(folder, 'manifest.json')];
  return [choice, ...(await Promise.all(files.map(async (file) => sha256(await readFile(file)))))].join();
};
const keeper = new EvidenceKeeper(
  {
    models,
    clock,
    processorClock,
    modelHash: (id) => models.hash('models', id),
    dataHash: (id) => models.hash('data', id),
    runtime: async () => (await runtime()).name,
    turn: () => setImmediate(),
  },
  new EvidenceCache(cache, logger),
  version,
);
const checker = new Checker(models);
const translator = new Translator(models, clock);

const handlers: Handlers<LabMethods> = {
  readReport: ({ name, bytes, parts, files = {} }) => {
    const texts = Object.entries(files).map(([path, own]) => [path, own && decodeUtf8(own, path)] as const);
    return readReport(name, decodeUtf8(bytes, name), parts, Object.fromEntries(texts));
  },
  readAssignment: ({ name, bytes }) => loadAssignment(decodeUtf8(bytes, name), name),
  completeAssignment: ({ text, offset }) => completionsAt(text, offset),
  describeAssignment: ({ text, offset }) => describeAt(text, offset),
  readAnswers: ({ report, assignment }, { cancellation }) => checker.read(report, assignment, cancellation),
  sample: (request) => sample(models, clock, request),
  translate: (request, { cancellation }) => translator.translate(request, cancellation),
  evidence: (request, context) => keeper.evidence(request, context),
  cachedEvidence: (request) => keeper.cachedEvidence(request),
  experiments: () => keeper.experiments(),
  models: ({ verify }) => models.list(verify),
  runtime: async () => (await runtime()).name,
};

const client = new Rpc<LabMethods, LabClientMethods>(processChannel(process), handlers);
// Ctrl+C in a terminal reaches the lab as well; whoever started it decides what becomes of its work.
process.on('SIGINT', () => undefined);
// Without its parent the lab has nobody to work for.
process.on('disconnect', () => process.exit(0));
