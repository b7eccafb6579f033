import assignmentSchema from '../../../assignments/assignment.schema.json';
import type { Path } from './remark';

/** One node of `assignments/assignment.schema.json`, as much of JSON Schema as is used there. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly string[];
  /** What VS Code and its YAML extension show of each value. */
  readonly enumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly additionalProperties?: boolean | SchemaNode;
  /** Examples to begin with; `$1` is where typing goes on. */
  readonly defaultSnippets?: readonly SchemaSnippet[];
  readonly $ref?: string;
}

export interface SchemaSnippet {
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}

/** Keywords of the schema that check nothing. */
export const ANNOTATIONS = ['enumDescriptions', 'defaultSnippets'];

const ROOT = assignmentSchema as SchemaNode & { readonly definitions: Readonly<Record<string, SchemaNode>> };

/** What the schema says about the value at a path; `null` where it knows no such place. */
export function schemaAt(path: Path): SchemaNode | null {
  let node: SchemaNode | null = ROOT;
  for (const step of path) {
    node = node && childOf(node, step);
    if (!node) return null;
  }
  return node;
}

function childOf(node: SchemaNode, step: string | number): SchemaNode | null {
  if (typeof step === 'number') return resolved(node.items);
  const { properties = {}, additionalProperties } = node;
  if (Object.hasOwn(properties, step)) return resolved(properties[step]);
  return typeof additionalProperties === 'object' ? resolved(additionalProperties) : null;
}

/** What stands beside a reference goes before what it refers to. */
function resolved(node: SchemaNode | undefined): SchemaNode | null {
  if (!node) return null;
  if (node.$ref === undefined) return node;
  const target = ROOT.definitions[node.$ref.replace('#/definitions/', '')];
  return { ...target, ...node };
}

export function isOfType({ type }: SchemaNode, name: 'object' | 'array' | 'string' | 'null'): boolean {
  return type === name || (Array.isArray(type) && type.includes(name));
}
