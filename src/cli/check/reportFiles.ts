import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Problem, type ProblemReport } from '../../core/problem';
import { formatOf, isReportName } from '../../core/report/format';
import { readReportFile } from '../../platform/readReportFile';

/** Something that a person wants to have checked. */
export interface ReportInput {
  readonly name: string;
  /** Known already before it is read. */
  readonly problem: ProblemReport | null;
}

export interface SearchOptions {
  /** Whether folders in folders are searched too. */
  readonly isRecursive: boolean;
  warn(message: string): void;
}

/** The files that are named, and the reports in the folders that are, by name; all in the order in which they are given. */
export async function reportFiles(words: readonly string[], options: SearchOptions): Promise<ReportInput[]> {
  const inputs: ReportInput[] = [];
  for (const word of words) {
    const found = await stat(word).catch(() => null);
    if (found?.isDirectory()) inputs.push(...(await inFolder(word, options)));
    else inputs.push({ name: word, problem: null });
  }
  return inputs;
}

async function inFolder(folder: string, options: SearchOptions): Promise<ReportInput[]> {
  try {
    const names = await withoutInputs(await new FolderSearch(await realpath(folder), options).filesIn(folder));
    if (names.length > 0) return names.map((name) => ({ name, problem: null }));
    return [{ name: folder, problem: new Problem('folder.no-reports', { file: folder }) }];
  } catch (thrown) {
    const { message } = Problem.from(thrown);
    return [{ name: folder, problem: new Problem('file.unreadable', { file: folder, detail: message }) }];
  }
}

/** A file that another one takes in, as LaTeX does, is no report of its own. */
async function withoutInputs(names: readonly string[]): Promise<string[]> {
  const inputs = new Set<string>();
  for (const name of names) {
    if (inputs.has(name) || formatOf(name) !== 'latex') continue;
    // What is wrong with a file is told when its turn comes.
    const { files } = await readReportFile(name).catch(() => ({ files: {} }));
    for (const path of Object.keys(files)) inputs.add(join(dirname(name), path));
    inputs.delete(name);
  }
  return names.filter((name) => !inputs.has(name));
}

class FolderSearch {
  constructor(
    private readonly root: string,
    private readonly options: SearchOptions,
  ) {}

  async filesIn(folder: string): Promise<string[]> {
    const entries = await readdir(folder, { withFileTypes: true });
    const files: string[] = [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      // Hidden folders hold copies and other programs' data.
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      const kind = await this.kindOf(entry, path);
      if (kind === 'file' && isReportName(entry.name)) files.push(path);
      if (kind === 'folder' && this.options.isRecursive) files.push(...(await this.filesIn(path)));
    }
    return files;
  }

  private async kindOf(entry: Dirent, path: string): Promise<'file' | 'folder' | null> {
    if (entry.isFile()) return 'file';
    if (entry.isDirectory()) return 'folder';
    const isOfUse = this.options.isRecursive || isReportName(entry.name);
    return entry.isSymbolicLink() && isOfUse ? this.followed(path) : null;
  }

  private async followed(link: string): Promise<'file' | null> {
    const target = await realpath(link).catch(() => null);
    const skip = (why: string): null => {
      this.options.warn(`${link}: ${why}; it is skipped. Name what it stands for to have it checked.`);
      return null;
    };
    if (target === null) return skip('the link leads nowhere, or in a circle');
    if (!isWithin(this.root, target)) return skip('the link leads out of the folder');
    const found = await stat(target);
    if (found.isFile()) return 'file';
    // Folders in the folder are searched by their own names; a link to one may lead in a circle.
    return found.isDirectory() && this.options.isRecursive ? skip('the link leads to a folder in the folder') : null;
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}
