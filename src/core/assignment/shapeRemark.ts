import type { ErrorObject } from 'ajv';
import { phrase, type Phrase } from '../explain/phrase';
import type { Path, Remark } from './remark';
import { schemaAt } from './schema';

/** What does not fit the schema; `isKey` where the key is wrong, not its value. */
export interface ShapeRemark extends Remark {
  readonly isKey: boolean;
}

const LONGEST_QUOTE = 40;

/** In words for people: what Ajv found, where, and what would be right. Wants Ajv's option `verbose`. */
export function shapeRemark({ instancePath, keyword, params, data, message, propertyName }: ErrorObject): ShapeRemark {
  const path = pathOf(instancePath);
  const values = params as Readonly<Record<string, unknown>>;
  const place = placeText(path);
  if (keyword === 'additionalProperties') {
    const key = String(values['additionalProperty']);
    const known = Object.keys(schemaAt(path)?.properties ?? {}).join(', ');
    const unknown = phrase('{place}: key "{key}" is not known here; known are {known}', { place, key, known });
    return { path: [...path, key], message: unknown, isKey: true };
  }
  if (propertyName !== undefined) {
    const wrong = phrase('{place}: "{key}" cannot be a key here: write a letter, such as Q or x_1', {
      place,
      key: propertyName,
    });
    return { path: [...path, propertyName], message: wrong, isKey: true };
  }
  return { path, message: wordsFor(keyword, { place, values, data, message, path }), isKey: false };
}

interface Failed {
  readonly place: string;
  readonly path: Path;
  readonly values: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly message: string | undefined;
}

function wordsFor(keyword: string, { place, path, values, data, message }: Failed): Phrase {
  const limit = Number(values['limit']);
  switch (keyword) {
    case 'required':
      return phrase('{place}: key "{key}" is missing', { place, key: String(values['missingProperty']) });
    case 'enum':
      return phrase('{place} must be one of {values}', { place, values: [values['allowedValues']].flat().join(', ') });
    case 'type':
      return typeWords(place, [values['type']].flat().map(String));
    case 'pattern':
      return phrase('{place} cannot be "{value}": {description}', {
        place,
        value: String(data).slice(0, LONGEST_QUOTE),
        description: schemaAt(path)?.description ?? String(values['pattern']),
      });
    case 'minimum':
      return phrase('{place} must be at least {limit}', { place, limit });
    case 'maximum':
      return phrase('{place} must be at most {limit}', { place, limit });
    case 'minLength':
      return phrase('{place} must not be empty', { place });
    case 'maxLength':
      return phrase('{place} has {count} characters; the most is {limit}', {
        place,
        count: String(data).length,
        limit,
      });
    case 'minItems':
      return phrase('{place} must have at least {limit} entries', { place, limit });
    case 'maxItems':
    case 'maxProperties':
      return phrase('{place} must have at most {limit} entries', { place, limit });
    default:
      return phrase('{place} {detail}', { place, detail: message ?? keyword });
  }
}

function typeWords(place: string, types: readonly string[]): Phrase {
  if (types.includes('array')) return phrase('{place} must be a list, each entry behind a hyphen', { place });
  if (types.includes('object')) return phrase('{place} must have keys with values', { place });
  if (types.includes('number')) return phrase('{place} must be a number', { place });
  return types.includes('null')
    ? phrase('{place} must be text, or null for none', { place })
    : phrase('{place} must be text', { place });
}

function pathOf(instancePath: string): Path {
  return instancePath
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** `questions[1].parts[2]`, counted from one, as people count; the whole file has no name. */
function placeText(path: Path): string {
  const steps = path.map((step, i) => (typeof step === 'number' ? `[${step + 1}]` : `${i > 0 ? '.' : ''}${step}`));
  return steps.join('') || 'assignment';
}
