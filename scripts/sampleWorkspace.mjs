/** The workspace that `npm start` opens and tests begin with. Node built-ins only. */
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, ROOT, temporaryFolder } from './processes.mjs';

/** A copy of samples/, so that what is written in it is thrown away at the end. */
export async function sampleWorkspace() {
  const samples = join(ROOT, 'samples');
  if (!existsSync(samples)) throw new Failure('The folder samples/ is missing: check out the whole repository.');
  const folder = join(temporaryFolder(), 'samples');
  await cp(samples, folder, { recursive: true });
  return folder;
}
