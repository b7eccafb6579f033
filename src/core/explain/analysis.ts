import { passing } from './catalogue/arguments';
import { UnitLayout, type CodeUnit } from './codeUnits';
import { blankInstance, findMember, initialize, isModuleClass } from './evaluate/classes';
import { Interpreter } from './evaluate/interpreter';
import { countParameters } from './evaluate/modules';
import { countNames, Scope } from './evaluate/scope';
import type { ClassValue, FunctionValue, ModuleValue, Value } from './evaluate/value';
import { type Explained, explainPattern, explainSightings } from './explained';
import type { ModuleSummary } from './explanation';
import { Observations } from './observations';
import { findMissingZeroGrad } from './patterns/zeroGrad';
import { boundNames, globalNames, targetNames } from './python/boundNames';
import type { Block, Expression } from './python/syntax';
import { forEachStatement } from './python/walk';

/** Everything that is known about a file. */
export interface Analysis {
  readonly layout: UnitLayout;
  /** In the order of the file; outer before inner. */
  readonly items: readonly Explained[];
  readonly classes: readonly ModuleSummary[];
  readonly builders: readonly ModuleSummary[];
}

/** Steps for one statement, function or class; about 20 ms. */
const BUDGET = 20_000;

/** Follows the code of a file piece by piece. `run` yields after each piece, so that a caller can pause there. */
export class Analyzer {
  private readonly layout: UnitLayout;
  private readonly module: Scope;
  private readonly observations = new Observations();
  private readonly interpreter: Interpreter;
  private readonly classes: ModuleSummary[] = [];
  private readonly builders: ModuleSummary[] = [];

  constructor(
    units: readonly CodeUnit[],
    private readonly statements: Block,
  ) {
    this.layout = new UnitLayout(units);
    this.module = new Scope('module', null, countNames([...boundNames(statements), ...globalNames(statements)]));
    this.interpreter = new Interpreter(this.layout.source, importsTorch(statements), this.observations);
  }

  *run(): Generator<undefined, Analysis> {
    for (const statement of this.statements) {
      this.within(() => this.interpreter.execute([statement], this.module));
      yield;
    }
    // Definitions inside functions come to light while these run.
    for (const definition of this.observations.definitions) {
      if (definition.kind === 'class') yield* this.lookAtClass(definition);
      else this.lookAtFunction(definition);
      yield;
    }
    return yield* this.finish();
  }

  /** Runs a piece with a budget; when that is used up, once more without following loops round by round. */
  private within<T>(run: () => T): { result: T; complete: boolean } {
    this.interpreter.limit(BUDGET, true);
    const result = run();
    if (!this.interpreter.exhausted) return { result, complete: true };
    this.interpreter.limit(BUDGET, false);
    const second = run();
    return { result: second, complete: !this.interpreter.exhausted };
  }

  private *lookAtClass(type: ClassValue): Generator<undefined> {
    const { result: instance, complete } = this.within(() => this.construct(type));
    if (isModuleClass(type)) this.classes.push(this.summary(type.node, [instance], complete));
    for (const { node } of this.methods(type)) {
      const method = findMember(type, node.kind === 'function' ? node.name : '');
      if (method?.kind !== 'function') continue;
      yield;
      this.within(() => this.interpreter.perhaps(() => this.interpreter.run(bind(method, instance), passing())));
    }
  }

  private methods({ node, scope }: ClassValue): FunctionValue[] {
    const names = [...new Set(boundNames(node.body))].filter((name) => name !== '__init__');
    return names.map((name) => scope.own(name)).filter((value) => value?.kind === 'function');
  }

  /** An instance made with the defaults of `__init__`, what happens in it being told. */
  private construct(type: ClassValue): ModuleValue {
    const instance = blankInstance(this.interpreter, type, null);
    const own = type.scope.own('__init__');
    if (own?.kind === 'function') this.interpreter.run({ ...own, owner: type, receiver: instance }, passing());
    else initialize(this.interpreter, instance, type, passing());
    return instance;
  }

  private lookAtFunction(definition: FunctionValue): void {
    const { node, scope } = definition;
    const { result, complete } = this.within(() => this.interpreter.run(definition, passing()));
    if (scope.kind !== 'module' || node.kind !== 'function') return;
    const modules = [result.value, ...result.returns].filter((value) => value.kind === 'module' && value.registers);
    const certain = result.value.kind === 'module';
    if (modules.length === 0 || result.returns.some(({ kind }) => kind === 'constant')) return;
    this.builders.push(this.summary(node, certain ? [result.value] : modules, complete));
  }

  /** Of one module; of several that it may be, only if they do not differ in size. */
  private summary(
    node: { name: string; span: Expression['span'] },
    modules: readonly Value[],
    complete: boolean,
  ): ModuleSummary {
    const counts = modules.map(countParameters);
    const [first] = counts;
    const alike = first !== undefined && counts.every(({ total }) => total === first.total);
    const unresolved = alike
      ? counts.flatMap((count) => count.unresolved)
      : modules.flatMap((m) => ('text' in m ? [m.text] : []));
    return {
      name: node.name,
      ...this.layout.locate(node.span),
      parameters: alike ? first.total : 0,
      exact: complete && unresolved.length === 0,
      unresolved: [...new Set(unresolved)],
    };
  }

  private *finish(): Generator<undefined, Analysis> {
    const { observations } = this;
    for (const { expression, mistake } of findMissingZeroGrad(this.statements, () => this.optimizerNames())) {
      if (!observations.mistakes.has(expression)) observations.blame(expression, mistake);
    }
    const items = [...observations.patterns.map(explainPattern)];
    for (const [expression, sightings] of observations.sightings) {
      const explained = explainSightings(expression, sightings, observations.mistakes.get(expression) ?? null);
      if (explained !== null) items.push(explained);
      if (items.length % 64 === 0) yield;
    }
    items.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    const inOrder = (a: ModuleSummary, b: ModuleSummary): number =>
      (a.cell ?? 0) - (b.cell ?? 0) || a.range.start.line - b.range.start.line;
    return {
      layout: this.layout,
      items,
      classes: this.classes.toSorted(inOrder),
      builders: this.builders.toSorted(inOrder),
    };
  }

  /** Names to which optimizers are assigned anywhere. */
  private optimizerNames(): ReadonlySet<string> {
    const names = new Set<string>();
    forEachStatement(this.statements, (statement) => {
      if (statement.kind !== 'assign' || statement.value === null) return true;
      const [sighting] = this.observations.sightings.get(statement.value) ?? [];
      if (sighting?.entry.kind !== 'optimizer') return true;
      for (const target of statement.targets) {
        for (const name of target.kind === 'attribute' ? [target.name] : targetNames(target)) names.add(name);
      }
      return true;
    });
    return names;
  }
}

function bind(method: FunctionValue, receiver: ModuleValue): FunctionValue {
  const { node } = method;
  const decorators = node.kind === 'function' ? node.decorators : [];
  const isStatic = decorators.some((decorator) => decorator.kind === 'name' && decorator.name === 'staticmethod');
  return isStatic ? method : { ...method, receiver };
}

/** Whether PyTorch, or a library on top of it, is imported anywhere. */
function importsTorch(statements: Block): boolean {
  let found = false;
  forEachStatement(statements, (statement) => {
    const names = statement.kind === 'import' ? statement.names : [];
    found ||= names.some(({ path }) => (path.split('.')[0] ?? '').includes('torch') || path.startsWith('lightning'));
    return !found;
  });
  return found;
}
