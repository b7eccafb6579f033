import type { Span } from '../../text';

/** Python as far as explanations need it. Spans are offsets in all code units of the file laid end to end. */
interface Located {
  readonly span: Span;
}

export interface Name extends Located {
  readonly kind: 'name';
  readonly name: string;
}
export interface Literal extends Located {
  readonly kind: 'literal';
  readonly value: number | string | boolean | null;
  /** Whether a number is a float. */
  readonly float: boolean;
}
export interface FormatString extends Located {
  readonly kind: 'format';
  readonly pieces: readonly Expression[];
}
export interface Attribute extends Located {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}
export interface Argument {
  /** Keyword, or `null` where the argument is positional. */
  readonly name: string | null;
  readonly star: '' | '*' | '**';
  readonly value: Expression;
}
export interface Call extends Located {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
}
export interface Subscript extends Located {
  readonly kind: 'subscript';
  readonly object: Expression;
  readonly index: readonly Expression[];
}
export interface Slice extends Located {
  readonly kind: 'slice';
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
}
export interface Binary extends Located {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Unary extends Located {
  readonly kind: 'unary';
  readonly operator: string;
  readonly operand: Expression;
}
export interface Collection extends Located {
  readonly kind: 'collection';
  readonly type: 'tuple' | 'list' | 'set';
  readonly items: readonly Expression[];
}
export interface Dictionary extends Located {
  readonly kind: 'dictionary';
  /** A `null` key stands for `**value`. */
  readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
}
export interface Comprehension extends Located {
  readonly kind: 'comprehension';
  readonly type: 'list' | 'set' | 'generator' | 'dictionary';
  readonly key: Expression | null;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}
export interface Conditional extends Located {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface Walrus extends Located {
  readonly kind: 'walrus';
  readonly target: Expression;
  readonly value: Expression;
}
export interface Starred extends Located {
  readonly kind: 'starred';
  readonly value: Expression;
}
export interface Lambda extends Located {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
/** Anything else, and anything damaged; its parts are kept. */
export interface Opaque extends Located {
  readonly kind: 'opaque';
  readonly parts: readonly Expression[];
}

export type Expression =
  | Name
  | Literal
  | FormatString
  | Attribute
  | Call
  | Subscript
  | Slice
  | Binary
  | Unary
  | Collection
  | Dictionary
  | Comprehension
  | Conditional
  | Walrus
  | Starred
  | Lambda
  | Opaque;

export interface Parameter {
  readonly name: string;
  readonly star: '' | '*' | '**';
  readonly annotation: Expression | null;
  readonly initial: Expression | null;
}

export interface ImportedName {
  /** What the statement binds; `*` for all names of the module. */
  readonly bound: string;
  /** The dotted path that it stands for. */
  readonly path: string;
}

export interface ImportStatement extends Located {
  readonly kind: 'import';
  readonly names: readonly ImportedName[];
}
export interface AssignStatement extends Located {
  readonly kind: 'assign';
  readonly targets: readonly Expression[];
  /** `null` for a bare annotation. */
  readonly value: Expression | null;
}
export interface UpdateStatement extends Located {
  readonly kind: 'update';
  readonly target: Expression;
  /** Without the equals sign. */
  readonly operator: string;
  readonly value: Expression;
}
export interface ExpressionStatement extends Located {
  readonly kind: 'expression';
  readonly values: readonly Expression[];
}
export interface ReturnStatement extends Located {
  readonly kind: 'return';
  readonly value: Expression | null;
}
export interface IfStatement extends Located {
  readonly kind: 'if';
  readonly test: Expression;
  readonly then: Block;
  readonly otherwise: Block;
}
export interface LoopStatement extends Located {
  readonly kind: 'loop';
  /** Both `null` for a `while`. */
  readonly target: Expression | null;
  readonly iterable: Expression | null;
  readonly test: Expression | null;
  readonly body: Block;
  readonly otherwise: Block;
}
export interface WithStatement extends Located {
  readonly kind: 'with';
  readonly items: readonly { readonly value: Expression; readonly target: Expression | null }[];
  readonly body: Block;
}
export interface TryStatement extends Located {
  readonly kind: 'try';
  readonly body: Block;
  readonly handlers: readonly { readonly name: string | null; readonly body: Block }[];
  readonly otherwise: Block;
  readonly finally: Block;
}
export interface FunctionDefinition extends Located {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly body: Block;
}
export interface ClassDefinition extends Located {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: Block;
}
/** `break`, `continue`, `raise`: what follows in the block is not reached. */
export interface JumpStatement extends Located {
  readonly kind: 'jump';
  readonly to: 'break' | 'continue' | 'raise';
}
export interface DeleteStatement extends Located {
  readonly kind: 'delete';
  readonly targets: readonly Expression[];
}
export interface GlobalStatement extends Located {
  readonly kind: 'global';
  readonly names: readonly string[];
}
/** Blocks of which it is not known whether they run, such as the cases of a `match`. */
export interface BranchesStatement extends Located {
  readonly kind: 'branches';
  readonly blocks: readonly Block[];
}

export type Statement =
  | ImportStatement
  | AssignStatement
  | UpdateStatement
  | ExpressionStatement
  | ReturnStatement
  | IfStatement
  | LoopStatement
  | WithStatement
  | TryStatement
  | FunctionDefinition
  | ClassDefinition
  | JumpStatement
  | DeleteStatement
  | GlobalStatement
  | BranchesStatement;

export type Block = readonly Statement[];
