/** The shape of `models/manifest.json`, version 1, as a JSON Schema. Fields that are not named here may be added. */

/** What texts of one kind look like; a problem names the kind. */
export const MANIFEST_FORMATS = {
  id: /^[a-z0-9][a-z0-9_.-]{0,79}$/,
  'SHA-256': /^[0-9a-f]{64}$/,
  // Every step begins with a letter or digit: no "..", no root, no drive, no hidden file.
  'path inside the folder': /^[A-Za-z0-9][\w.-]{0,99}(?:\/[A-Za-z0-9][\w.-]{0,99}){0,3}$/,
};

const TEXT = { type: 'string', maxLength: 2_000 };
const COUNT = { type: 'integer', minimum: 0, maximum: 1e9 };
const SIZE = { type: 'integer', minimum: 1, maximum: 100e6 };

const FILE = {
  file: { type: 'string', format: 'path inside the folder' },
  sha256: { type: 'string', format: 'SHA-256' },
};

const ROW = {
  id: { type: 'string', format: 'id' },
  family: { type: 'string', format: 'id' },
  title: TEXT,
  ...FILE,
  bytes: SIZE,
  licence: TEXT,
};

const TENSORS = {
  type: 'array',
  minItems: 1,
  maxItems: 100,
  items: whole({
    name: TEXT,
    type: { enum: ['float32', 'int64'] },
    dims: { type: 'array', maxItems: 16, items: { ...TEXT, ...COUNT, type: ['string', 'integer'] } },
  }),
};

const MODEL = whole({
  ...ROW,
  opset: COUNT,
  parameters: COUNT,
  inputs: TENSORS,
  outputs: TENSORS,
  metrics: { type: 'object', additionalProperties: { ...TEXT, type: ['number', 'string'] } },
  settings: { type: 'object', additionalProperties: { type: 'number' } },
  trainedBy: TEXT,
  data: TEXT,
  assets: { type: 'object', additionalProperties: whole(FILE) },
});

/** An object that has all of these properties. */
function whole(properties: Record<string, object>): object {
  return { type: 'object', properties, required: Object.keys(properties) };
}

export const MANIFEST_SCHEMA = whole({
  version: { const: 1 },
  families: { type: 'object', propertyNames: { format: 'id' }, additionalProperties: TEXT, maxProperties: 100 },
  models: { type: 'array', maxItems: 1_000, items: MODEL },
  data: { type: 'array', maxItems: 100, items: whole({ ...ROW, source: TEXT }) },
});
